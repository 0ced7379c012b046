package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import java.io.IOException;
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
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random damage to the file and its log, before a store opens them and while it has them open. By default a part of it
 * is tried: {@code -Dlarder.corruptions=1000 -Dlarder.seed=7} tries more.
 */
@Timeout(3600)
class SqliteCorruptionTest {
    private static final int CASES = Integer.getInteger("larder.corruptions", 100);
    private static final int TAGS = 7;
    private static final long SEED = Long.getLong("larder.seed", 1);

    /** What the file holds before it is damaged. */
    private static final Map<CacheKey, CacheEntry> ENTRIES = new HashMap<>();

    private static byte[] fileBytes = {};
    private static byte[] logBytes = {};

    @TempDir
    Path directory;

    private Path file;
    private Warnings warnings;

    @BeforeAll
    static void fillFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("http.db");
        Random random = new Random(SEED);
        try (SqliteCacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            for (int i = 0; i < 400; i++) {
                put(store, "e" + i, entry(random, i));
                if (i == 250) {
                    store.flush(soon());
                }
                if (i % 10 == 9) {
                    store.remove(key("e" + (i - 5)), soon());
                    ENTRIES.remove(key("e" + (i - 5)));
                }
            }
            logBytes = Files.readAllBytes(StoreFile.log(file));
            fileBytes = Files.readAllBytes(file);
        }
    }

    private static void put(SqliteCacheStore store, String name, CacheEntry entry) {
        store.put(key(name), entry, soon());
        ENTRIES.put(key(name), entry);
    }

    private static CacheEntry entry(Random random, int number) {
        // One in eight is longer than a page.
        byte[] data = new byte[random.nextInt(8) == 0 ? random.nextInt(20_000) : random.nextInt(800)];
        random.nextBytes(data);
        return CacheEntry.newBuilder()
                .data(data)
                .storedAt(Instant.EPOCH.plusSeconds(number))
                .tag("tag " + number % TAGS)
                .build();
    }

    @BeforeEach
    void writeFiles() throws IOException {
        file = directory.toRealPath().resolve("http.db");
        Files.write(file, fileBytes);
        Files.write(StoreFile.log(file), logBytes);
        warnings = new Warnings();
    }

    @AfterEach
    void giveLoggersBack() {
        warnings.close();
    }

    static Stream<Long> seeds() {
        return IntStream.range(0, CASES).mapToObj(i -> SEED * 1_000_003 + i);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damageBeforeItIsOpenedCostsEntriesAndNothingElse(long seed) throws Exception {
        try (Damage damage = new Damage(seed)) {
            damage.strike(file);
            assertUsable(damage.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damageWhileItIsOpenCostsEntriesAndNothingElse(long seed) throws Exception {
        Random random = new Random(seed);
        try (Damage damage = new Damage(seed)) {
            try (SqliteCacheStore store = open()) {
                for (CacheKey key : ENTRIES.keySet()) {
                    if (random.nextInt(3) == 0) {
                        assertThat(store.get(key, soon())).isEqualTo(ENTRIES.get(key));
                    }
                }
                damage.strike(file);
                if (random.nextBoolean()) {
                    // Now and then the first to meet the damage is a write.
                    assertWritable(store, "early", damage.toString());
                }
                assertRight(store, damage.toString());
                assertWritable(store, "new", damage.toString());
                assertRight(store, damage.toString());
            }
            assertUsable(damage.toString());
        }
    }

    private SqliteCacheStore open() {
        // Nothing here is about time, and the disk may be slow.
        return SqliteCacheStore.newBuilder(file)
                .operationTimeout(Duration.ofMinutes(1))
                .open();
    }

    private void assertUsable(String damage) {
        boolean ours = StoreFile.isEmpty(file) || StoreFile.hasOurHeader(file);
        try (SqliteCacheStore store = open()) {
            assertRight(store, damage);
            assertWritable(store, "new", damage);
            assertRight(store, damage);
            store.flush(soon());
        } catch (CacheStoreException e) {
            // What says it is another program's, or newer, is refused.
            assertThat(ours && e.kind() == Kind.CORRUPT).as(damage + ": " + e).isFalse();
            assertThat(e.getMessage()).as(damage).containsAnyOf("was refused", "was written by schema");
            return;
        }
        try (SqliteCacheStore store = open()) {
            CacheEntry entry = entry(new Random("new".hashCode()), 1000);
            assertRightOrHidden(store.get(key("new"), soon()), entry, damage);
            assertRight(store, damage);
        }
        if (!isSound()) {
            assertFoundByWhoMeetsIt(damage);
        }
    }

    /** What lies where nobody has come yet is found and repaired by the first who does. */
    private void assertFoundByWhoMeetsIt(String damage) {
        try (SqliteCacheStore store = open()) {
            store.putAll(ENTRIES, soon());
            assertThat(store.getAll(ENTRIES.keySet(), soon())).as(damage).isEqualTo(ENTRIES);
            for (int tag = 0; tag < TAGS; tag++) {
                store.removeTagged("tag " + tag, soon());
            }
            store.clear(soon());
        }
        // Nobody comes to the history of migrations before there is another one.
        assertThat(faults()).as(damage).allMatch(fault -> fault.contains("flyway_schema_history"));
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>();
        try (Connection connection = Examples.connect(file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            while (row.next()) {
                faults.add(row.getString(1));
            }
        } catch (SQLException e) {
            faults.add(e.toString());
        }
        faults.remove("ok");
        return faults;
    }

    private boolean isSound() {
        try {
            return Examples.text(file, "PRAGMA integrity_check").equals("ok");
        } catch (SQLException e) {
            return false;
        }
    }

    /** Asserts that every answer is right or none. */
    private static void assertRight(SqliteCacheStore store, String damage) {
        ENTRIES.forEach((key, entry) -> {
            CacheEntry found = store.get(key, soon());
            if (found != null) {
                assertThat(found).as(damage).isEqualTo(entry);
            }
        });
        Map<CacheKey, CacheEntry> all = store.getAll(ENTRIES.keySet(), soon());
        assertThat(ENTRIES.entrySet()).as(damage).containsAll(all.entrySet());
        store.scan(
                (key, found) -> {
                    CacheEntry entry = ENTRIES.get(key);
                    if (entry != null) {
                        assertThat(found).as(damage).isEqualTo(entry);
                    }
                },
                soon());
    }

    private void assertWritable(SqliteCacheStore store, String name, String damage) {
        CacheEntry entry = entry(new Random(name.hashCode()), 1000);
        store.put(key(name), entry, soon());
        assertRightOrHidden(store.get(key(name), soon()), entry, damage);
        store.remove(key("e7"), soon());
        store.removeTagged("tag 3", soon());
        CacheEntry removed = store.get(key("e7"), soon());
        if (removed != null) {
            // What was committed after the damage in the log may be undone with it, a removal too.
            assertThat(damage).contains("http.db-wal");
        }
        store.flush(soon());
        assertRightOrHidden(store.getAll(Set.of(key(name)), soon()).get(key(name)), entry, damage);
    }

    /**
     * Asserts that what was just put is there. It may be hidden where SQLite is led astray without noticing, by pages
     * that are sound and in the wrong place: it has checksums for none of them.
     */
    private void assertRightOrHidden(@Nullable CacheEntry found, CacheEntry entry, String damage) {
        if (found == null) {
            assertThat(isSound()).as(damage).isFalse();
        } else {
            assertThat(found).as(damage).isEqualTo(entry);
        }
    }
}
