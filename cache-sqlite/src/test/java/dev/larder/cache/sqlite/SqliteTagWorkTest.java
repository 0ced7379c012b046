package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entry;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.number;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/**
 * The work of removing a tag, in steps of SQLite's virtual machine: it goes by the entries that carry the tag, and not
 * by those that there are.
 */
class SqliteTagWorkTest {
    private static final int TAGGED = 100;
    private static final int FEW = 1_000;
    private static final int MANY = 1_000_000;

    @TempDir
    Path directory;

    @Test
    void isTheSameAmongAMillionEntriesAsAmongAThousand() throws SQLException {
        long amongFew = stepsOfRemovalAmong(FEW);
        long amongMany = stepsOfRemovalAmong(MANY);
        assertThat(amongFew).as("steps are counted").isGreaterThan(10L * TAGGED);
        assertThat(amongMany).isBetween(amongFew * 9 / 10, amongFew * 11 / 10);
    }

    private long stepsOfRemovalAmong(int entries) throws SQLException {
        Path file = directory.resolve(entries + ".db");
        SqliteCacheStore.newBuilder(file).open().close();
        AtomicLong steps = new AtomicLong();
        try (Connection connection = Examples.connect(file)) {
            fill(connection, entries);
            assertThat(number(connection, "SELECT count(*) FROM tag WHERE name = CAST('tag 5' AS BLOB)"))
                    .isEqualTo(TAGGED);
            try (PreparedStatement removal = connection.prepareStatement(Sql.REMOVE_TAGGED)) {
                removal.setBytes(1, TagName.encode("tag 5"));
                removal.setLong(2, 4096);
                ProgressHandler.setHandler(connection, 1, new ProgressHandler() {
                    @Override
                    protected int progress() {
                        steps.incrementAndGet();
                        return 0;
                    }
                });
                assertThat(removal.executeUpdate()).isEqualTo(TAGGED);
                ProgressHandler.clearHandler(connection);
            }
        }
        // What was filled by other means is what a store would have made of it.
        try (SqliteCacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            assertThat(store.stats().entries()).isEqualTo(entries - TAGGED);
            assertThat(store.removeTagged("tag 5", soon())).isZero();
            assertThat(store.removeTagged("tag 6", soon())).isEqualTo(TAGGED);
            store.put(key("new"), entry("new", "tag 6"), soon());
            assertThat(store.removeTagged("tag 6", soon())).isEqualTo(1);
        }
        return steps.get();
    }

    /** Makes so many rows in a few seconds: without triggers, and with indexes that are built when all rows are there. */
    private static void fill(Connection connection, int entries) throws SQLException {
        List<String> later = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            List<String> drops = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(
                    "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL")) {
                while (row.next()) {
                    drops.add("DROP " + row.getString(1) + " " + row.getString(2));
                    later.add(row.getString(3));
                }
            }
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("BEGIN");
            for (String drop : drops) {
                statement.execute(drop);
            }
            statement.execute("WITH RECURSIVE number (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM number WHERE i + 1 < "
                    + entries + ") INSERT INTO entry SELECT i, i, i, randomblob(32), " + Long.MAX_VALUE
                    + ", i + 1, 200, 1, randomblob(40), zeroblob(10) FROM number");
            // Each tag's entries lie far apart, as those of a page that changes now and then do.
            statement.execute("INSERT INTO tag SELECT CAST('tag ' || (id % " + entries / TAGGED
                    + ") AS BLOB), id FROM entry ORDER BY 1, 2");
            statement.execute("UPDATE totals SET entries = " + entries + ", bytes = 200 * " + entries);
            for (String sql : later) {
                statement.execute(sql);
            }
            statement.execute("COMMIT");
        }
    }
}
