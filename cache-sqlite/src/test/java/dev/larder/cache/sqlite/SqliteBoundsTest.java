package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entry;
import static dev.larder.cache.sqlite.Examples.entryOf;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.tck.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes when there is too much, under a clock that stands still. */
class SqliteBoundsTest {
    private final ManualClock clock = new ManualClock();

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("http.db");
    }

    private SqliteCacheStore.Builder builder(SqliteCacheStore.Durability durability) {
        return SqliteCacheStore.newBuilder(file).clock(clock).durability(durability);
    }

    @ParameterizedTest
    @EnumSource
    void boundsHoldAfterFlushingAlsoWhenEverythingWasJustRead(SqliteCacheStore.Durability durability) {
        try (SqliteCacheStore store = builder(durability).maxEntries(3000).open()) {
            Map<CacheKey, CacheEntry> entries = new HashMap<>();
            for (int i = 0; i < 3000; i++) {
                entries.put(key("" + i), entry("" + i));
            }
            store.putAll(entries, soon());
            store.flush(soon());
            assertThat(store.getAll(entries.keySet(), soon())).hasSize(3000);
            store.put(key("one more"), entry("one more"), soon());
            store.flush(soon());
            assertThat(store.stats().entries()).isEqualTo(3000);
            assertThat(store.get(key("one more"), soon())).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLeastRecentlyUsedGoes(SqliteCacheStore.Durability durability) {
        try (SqliteCacheStore store = builder(durability).maxEntries(3).open()) {
            for (String name : List.of("a", "b", "c")) {
                store.put(key(name), entry(name), soon());
            }
            assertThat(store.get(key("a"), soon())).isNotNull();
            store.put(key("d"), entry("d"), soon());
            store.flush(soon());
            assertThat(names(store)).containsExactly("d", "a", "c");
            assertThat(store.getAll(Set.of(key("c")), soon())).hasSize(1);
        }
        // What was read last before closing is known after opening, and so is that a smaller bound holds.
        try (SqliteCacheStore store = builder(durability).maxEntries(2).open()) {
            store.put(key("e"), entry("e"), soon());
            store.flush(soon());
            assertThat(names(store)).containsExactly("e", "c");
            assertThat(store.stats().evictions()).isEqualTo(2);
        }
    }

    private static List<String> names(SqliteCacheStore store) {
        List<String> names = new ArrayList<>();
        store.scan((key, entry) -> names.add(new String(entry.data(), StandardCharsets.UTF_8)), soon());
        return names;
    }

    @ParameterizedTest
    @EnumSource
    void bytesAreBounded(SqliteCacheStore.Durability durability) throws SQLException {
        try (SqliteCacheStore store = builder(durability).maxBytes(50_000).open()) {
            for (int i = 0; i < 100; i++) {
                store.put(key("" + i), entryOf(5_000), soon());
            }
            store.flush(soon());
            assertThat(store.stats().entries()).isBetween(8L, 10L);
            assertThat(store.stats().bytes()).isLessThanOrEqualTo(50_000);
            assertThat(store.stats().evictions()).isEqualTo(100 - store.stats().entries());
            assertThat(store.get(key("99"), soon())).isNotNull();
        }
        assertThat(Examples.number(file, "SELECT sum(size) FROM entry"))
                .isEqualTo(Examples.number(file, "SELECT bytes FROM totals"));
    }

    @ParameterizedTest
    @EnumSource
    void theFileStaysNearItsBoundWhenTenTimesAsMuchIsWritten(SqliteCacheStore.Durability durability)
            throws IOException {
        long bound = 4 << 20;
        Random random = new Random(1);
        try (SqliteCacheStore store = builder(durability).maxBytes(bound).open()) {
            long written = 0;
            for (int i = 0; written < 10 * bound; i++) {
                // Of all shapes: many to a page, a few, and pages and pages of one.
                int size = 10 + (int) (20_000 * Math.pow(random.nextDouble(), 4));
                store.put(key("" + i), entryOf(size), soon());
                written += size;
                if (random.nextInt(3) == 0) {
                    store.get(key("" + random.nextInt(i + 1)), soon());
                }
            }
            store.flush(soon());
            assertThat(Files.size(file)).isBetween(bound / 2, bound + bound / 5);
            assertThat(store.stats().bytes()).isGreaterThan(bound / 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPutOfManyTimesTheBoundLeavesTheFileNearIt(SqliteCacheStore.Durability durability) throws IOException {
        long bound = 4 << 20;
        Map<CacheKey, CacheEntry> many = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            many.put(key("" + i), entryOf(2_000));
        }
        try (SqliteCacheStore store = builder(durability).maxBytes(bound).open()) {
            store.putAll(many, soon());
            store.flush(soon());
            assertThat(Files.size(file)).isBetween(bound / 2, bound + bound / 5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEntryLargerThanTheBoundLeavesItsKeyWithoutOne(SqliteCacheStore.Durability durability) {
        try (SqliteCacheStore store = builder(durability).maxBytes(10_000).open()) {
            store.put(key("1"), entry("small"), soon());
            store.put(key("2"), entry("other"), soon());
            store.put(key("1"), entryOf(10_000), soon());
            assertThat(store.get(key("1"), soon())).isNull();
            store.flush(soon());
            assertThat(store.get(key("1"), soon())).isNull();
            assertThat(store.get(key("2"), soon())).isEqualTo(entry("other"));
            assertThat(store.stats().evictions()).isEqualTo(1);
            assertThat(store.stats().puts()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theExpiredGoFirstAndAreNoEvictions(SqliteCacheStore.Durability durability) {
        try (SqliteCacheStore store = builder(durability).maxEntries(3).open()) {
            CacheEntry brief = CacheEntry.newBuilder()
                    .deleteAt(clock.instant().plusSeconds(1))
                    .build();
            store.put(key("old"), entry("old"), soon());
            store.put(key("brief 1"), brief, soon());
            store.put(key("brief 2"), brief, soon());
            store.flush(soon());
            // A millisecond more: the column that finds the expired knows no finer time.
            clock.advance(Duration.ofMillis(1001));
            store.put(key("new"), entry("new"), soon());
            store.flush(soon());
            assertThat(names(store)).containsExactly("new", "old");
            assertThat(store.stats().evictions()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOvershootOfManySlicesIsErased(SqliteCacheStore.Durability durability) throws SQLException {
        Map<CacheKey, CacheEntry> many = new HashMap<>();
        for (int i = 0; i < 5 * Eviction.SLICE; i++) {
            many.put(key("" + i), entry("" + i, "tag"));
        }
        try (SqliteCacheStore store = builder(durability).open()) {
            store.putAll(many, soon());
        }
        try (SqliteCacheStore store = builder(durability).maxEntries(10).open()) {
            store.put(key("new"), entry("new"), soon());
            store.flush(soon());
            assertThat(store.stats().entries()).isEqualTo(10);
            assertThat(store.removeTagged("tag", soon())).isEqualTo(9);
        }
        assertThat(Examples.number(file, "SELECT count(*) FROM tag")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void countersAndTagsGoOnAfterClearing(SqliteCacheStore.Durability durability) throws SQLException {
        try (SqliteCacheStore store = builder(durability).maxEntries(2).open()) {
            store.put(key("1"), entry("1", "tag"), soon());
            store.put(key("2"), entry("2", "tag"), soon());
            store.clear(soon());
            assertThat(names(store)).isEmpty();
            assertThat(store.stats().entries()).isZero();
            assertThat(store.stats().bytes()).isZero();
            for (String name : List.of("3", "4", "5")) {
                store.put(key(name), entry(name, "tag"), soon());
            }
            store.flush(soon());
            assertThat(names(store)).containsExactly("5", "4");
            assertThat(store.removeTagged("tag", soon())).isEqualTo(2);
        }
        assertThat(Examples.number(file, "SELECT entries + bytes + (SELECT count(*) FROM tag) FROM totals"))
                .isZero();
    }
}
