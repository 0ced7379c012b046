package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files as each released schema left them. A schema comes with {@code v<number>.sql} beside this class, which is never
 * changed afterwards: what {@code sqlite3 http.db .dump} says of the file that {@link #entries} were put to, some of
 * them compressed.
 */
class SqliteSchemaTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("http.db");
    }

    /** What the files hold: one entry of each shape, in the order in which they were used. */
    private static Map<String, CacheEntry> entries() {
        Instant storedAt = Instant.parse("2026-01-02T03:04:05.678901234Z");
        Map<String, CacheEntry> entries = new LinkedHashMap<>();
        entries.put("empty", CacheEntry.newBuilder().storedAt(Instant.EPOCH).build());
        entries.put(
                "tagged",
                CacheEntry.newBuilder()
                        .metadata("about the tagged".getBytes(StandardCharsets.UTF_8))
                        .data("tagged".getBytes(StandardCharsets.UTF_8))
                        .storedAt(storedAt)
                        .deleteAt(Instant.parse("9000-01-01T00:00:00.000000001Z"))
                        .tag("one")
                        .tag("\u4e09 \ud83d\ude00")
                        .build());
        entries.put(
                "expired",
                CacheEntry.newBuilder()
                        .storedAt(storedAt)
                        .deleteAt(storedAt.plusSeconds(1))
                        .tag("one")
                        .build());
        byte[] large = new byte[5_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) ((i * i) >> 8);
        }
        entries.put(
                "large", CacheEntry.newBuilder().data(large).storedAt(storedAt).build());
        entries.put(
                "compressed",
                CacheEntry.newBuilder()
                        .data("to be or not to be ".repeat(1000).getBytes(StandardCharsets.UTF_8))
                        .storedAt(storedAt)
                        .build());
        return entries;
    }

    private void write(int schema) throws IOException, SQLException {
        String name = "v" + schema + ".sql";
        try (InputStream sql = Objects.requireNonNull(SqliteSchemaTest.class.getResourceAsStream(name), name);
                Connection connection = Examples.connect(file);
                Statement statement = connection.createStatement()) {
            // Of several statements, only this executes more than the first.
            statement.executeUpdate(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = 1)
    void aFileOfEachSchemaIsReadAndWritten(int schema) throws Exception {
        write(schema);
        Map<CacheKey, CacheEntry> expected = new HashMap<>();
        entries().forEach((name, entry) -> expected.put(key(name), entry));
        expected.remove(key("expired"));
        try (SqliteCacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            assertThat(store.getAll(expected.keySet(), soon())).isEqualTo(expected);
            assertThat(store.get(key("expired"), soon())).isNull();
            assertThat(store.stats().corrupt()).isZero();
            assertThat(store.removeTagged("\u4e09 \ud83d\ude00", soon())).isEqualTo(1);
            store.put(key("new"), Examples.entry("new", "one"), soon());
            assertThat(store.get(key("new"), soon())).isEqualTo(Examples.entry("new", "one"));
        }
        assertThat(Examples.text(file, "PRAGMA integrity_check")).isEqualTo("ok");
        assertThat(Examples.number(file, "PRAGMA user_version")).isEqualTo(Schema.VERSION);
        assertThat(Examples.number(file, "SELECT entries = (SELECT count(*) FROM entry) FROM totals"))
                .isEqualTo(1);
        assertThat(Examples.number(file, "SELECT bytes = (SELECT sum(size) FROM entry) FROM totals"))
                .isEqualTo(1);
    }

    @Test
    void everySchemaHasItsFile() {
        assertThat(SqliteSchemaTest.class.getResource("v" + Schema.VERSION + ".sql"))
                .isNotNull();
        assertThat(SqliteSchemaTest.class.getResource("v" + (Schema.VERSION + 1) + ".sql"))
                .isNull();
    }

    /** What was released is in files for good: Flyway compares it with what they say was done to them. */
    @Test
    void aReleasedMigrationIsTheOneThatFilesWereMadeBy() throws Exception {
        write(1);
        Examples.execute(file, "PRAGMA user_version = 0");
        try (SqliteCacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            assertThat(store.get(key("large"), soon())).isEqualTo(entries().get("large"));
        }
        assertThat(Examples.number(file, "PRAGMA user_version")).isEqualTo(Schema.VERSION);
    }
}
