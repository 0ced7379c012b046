package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entry;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage to the pages that say where entries are and hold none: it costs none. */
@Timeout(300)
class SqliteRebuiltCopyTest {
    @TempDir
    Path directory;

    private final Map<CacheKey, CacheEntry> entries = new HashMap<>();
    private Path file;
    private Warnings warnings;
    private Damage damage;

    @BeforeEach
    void nameFile() throws IOException {
        // As the store names it, wherever temporary directories are links.
        directory = directory.toRealPath();
        file = directory.resolve("http.db");
        warnings = new Warnings();
        damage = new Damage(1);
    }

    @AfterEach
    void letGo() throws IOException {
        damage.close();
        warnings.close();
    }

    private SqliteCacheStore open() {
        // Nothing here is about time, and the disk may be slow.
        return SqliteCacheStore.newBuilder(file)
                .operationTimeout(Duration.ofMinutes(1))
                .open();
    }

    /** Puts entries that are as long, but for each tenth, which is longer than a page, and removes some again. */
    private void fill(SqliteCacheStore store, int count, int bytes) {
        Random random = new Random(1);
        for (int i = 0; i < count; i++) {
            byte[] data = new byte[i % 10 == 0 ? 9_000 : bytes];
            random.nextBytes(data);
            entries.put(
                    key("e" + i),
                    CacheEntry.newBuilder()
                            .data(data)
                            .storedAt(Instant.EPOCH)
                            .tag("tag " + i % 5)
                            .build());
        }
        store.putAll(entries, soon());
        for (int i = count / 4; i < count / 2; i++) {
            store.remove(key("e" + i), soon());
            entries.remove(key("e" + i));
        }
    }

    private List<Long> innerPages(String name) throws SQLException {
        List<Long> pages = new ArrayList<>();
        try (Connection connection = Examples.connect(file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pageno FROM dbstat WHERE name = '" + name + "' AND pagetype = 'internal'")) {
            while (row.next()) {
                pages.add(row.getLong(1));
            }
        }
        return pages;
    }

    /** Uses the store so that it meets the damage, and asserts that it kept everything, and nothing else. */
    private void assertNothingLost(SqliteCacheStore store) throws SQLException {
        store.get(key("e0"), soon());
        store.flush(soon());
        Map<CacheKey, CacheEntry> found = new HashMap<>();
        store.scan(found::put, soon());
        assertThat(found).isEqualTo(entries);
        assertThat(store.getAll(entries.keySet(), soon())).isEqualTo(entries);
        assertThat(store.stats().entries()).isEqualTo(entries.size());
        assertThat(directory.resolve("http.db.corrupt-1")).exists();
        assertThat(directory.resolve("http.db.search")).doesNotExist();
        assertThat(Examples.text(file, "PRAGMA integrity_check")).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 500, 4_000})
    void damagedInnerPagesCostNothing(int count) throws Exception {
        try (SqliteCacheStore store = open()) {
            fill(store, count, 3_000);
        }
        List<Long> pages = innerPages("entry");
        // One page leads to 450 others at most.
        assertThat(pages).hasSizeGreaterThan(count / 1_000);
        for (String index : List.of("entry_key", "entry_used_at", "entry_delete_at")) {
            pages.addAll(innerPages(index));
        }
        try (SqliteCacheStore store = open()) {
            damage.overwrite(file, pages);
            assertNothingLost(store);
        }
    }

    @Test
    void aDamagedFirstPageCostsNothingWhileItIsOpen() throws Exception {
        try (SqliteCacheStore store = open()) {
            fill(store, 500, 300);
        }
        try (SqliteCacheStore store = open()) {
            damage.overwrite(file, List.of(1L));
            assertNothingLost(store);
        }
    }

    @Test
    void aDamagedSchemaCostsNothing() throws Exception {
        try (SqliteCacheStore store = open()) {
            fill(store, 500, 300);
        }
        // Behind what says that it is ours.
        damage.erase(file, 100, Connections.PAGE_SIZE);
        try (SqliteCacheStore store = open()) {
            assertNothingLost(store);
        }
    }

    /** The first page has the schema, and the entries begin at the other. */
    @ParameterizedTest
    @ValueSource(ints = {1, 6})
    void whatWasCommittedBehindDamageInTheLogIsKept(int page) throws Exception {
        Path killed = directory.resolve("killed.db");
        try (SqliteCacheStore store = open()) {
            fill(store, 500, 300);
            assertThat(Examples.number(file, "SELECT rootpage FROM sqlite_schema WHERE name = 'entry'"))
                    .isEqualTo(6);
            Files.copy(file, killed);
            Files.copy(StoreFile.log(file), StoreFile.log(killed));
        }
        Files.delete(file);
        Files.move(StoreFile.log(killed), StoreFile.log(file));
        Files.move(killed, file);
        try (SqliteCacheStore store = open()) {
            Path log = StoreFile.log(file);
            long at = StoreFile.logFrame(lastFrameOf(page, log) + 1) - Connections.PAGE_SIZE;
            damage.erase(log, at, at + Connections.PAGE_SIZE);
            // The writer still knows the page.
            entries.put(key("early"), entry("early"));
            store.put(key("early"), entry("early"), soon());
            assertNothingLost(store);
        }
    }

    private static long lastFrameOf(int page, Path log) throws IOException {
        long last = -1;
        try (FileChannel channel = FileChannel.open(log)) {
            for (long frame = 0; frame < StoreFile.logFrames(channel.size()); frame++) {
                ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);
                channel.read(number, StoreFile.logFrame(frame));
                last = number.getInt(0) == page ? frame : last;
            }
        }
        return last;
    }
}
