package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entry;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.sqlite.SqliteCacheStore.Durability;
import dev.larder.cache.tck.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A clock that steps back, across the end of entries and across uses. */
class SqliteClockTest {
    private final ManualClock clock = new ManualClock();
    private final Instant end = clock.instant().plusSeconds(60);
    private final CacheEntry brief =
            CacheEntry.newBuilder().deleteAt(end).tag("brief").build();

    @TempDir
    Path directory;

    private SqliteCacheStore open(Durability durability, long maxEntries) {
        return SqliteCacheStore.newBuilder(directory.resolve("http.db"))
                .clock(clock)
                .durability(durability)
                .maxEntries(maxEntries)
                .open();
    }

    private static List<CacheKey> keys(SqliteCacheStore store) {
        List<CacheKey> keys = new ArrayList<>();
        store.scan((key, entry) -> keys.add(key), soon());
        return keys;
    }

    @ParameterizedTest
    @EnumSource
    void whatHasEndedAndIsErasedStaysAbsent(Durability durability) {
        try (SqliteCacheStore store = open(durability, 2)) {
            store.put(key("brief"), brief, soon());
            store.put(key("other"), entry("other"), soon());
            clock.set(end.plusMillis(1));
            // There is no room for a third, and the expired go first.
            store.put(key("new"), entry("new"), soon());
            store.flush(soon());
            assertThat(store.stats().entries()).isEqualTo(2);

            clock.set(end.minusSeconds(30));
            assertAbsent(store);
        }
        clock.set(end.minusSeconds(50));
        try (SqliteCacheStore store = open(durability, 2)) {
            assertAbsent(store);
            assertThat(keys(store)).containsExactly(key("new"), key("other"));
            store.put(key("brief"), brief, soon());
            assertThat(store.get(key("brief"), soon())).isEqualTo(brief);
        }
    }

    private static void assertAbsent(SqliteCacheStore store) {
        assertThat(store.get(key("brief"), soon())).isNull();
        assertThat(store.getAll(Set.of(key("brief")), soon())).isEmpty();
        assertThat(keys(store)).doesNotContain(key("brief"));
        assertThat(store.remove(key("brief"), soon())).isFalse();
        assertThat(store.removeTagged("brief", soon())).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasPutAfterItsEndIsNotThereBeforeItEither(Durability durability) {
        try (SqliteCacheStore store = open(durability, 10)) {
            store.put(key("brief"), entry("before"), soon());
            clock.set(end);
            store.put(key("brief"), brief, soon());
            assertThat(store.get(key("brief"), soon())).isNull();

            clock.set(end.minusSeconds(60));
            assertAbsent(store);
            store.flush(soon());
            assertAbsent(store);
        }
    }

    @ParameterizedTest
    @EnumSource
    void usesAreOrderedAndTheBoundsHoldWhereverTheClockGoes(Durability durability) {
        Duration[] steps = {Duration.ofDays(-400), Duration.ofHours(3), Duration.ofDays(-20_000), Duration.ofDays(90)};
        int number = 0;
        for (Duration step : steps) {
            try (SqliteCacheStore store = open(durability, 20)) {
                store.put(key("hot"), entry("hot"), soon());
                clock.advance(step);
                for (int i = 0; i < 100; i++) {
                    store.put(key("e" + ++number), entry("e" + number), soon());
                    assertThat(store.get(key("hot"), soon())).isEqualTo(entry("hot"));
                }
                store.flush(soon());
                assertThat(store.stats().entries()).isEqualTo(20);
                List<CacheKey> expected = new ArrayList<>(List.of(key("hot")));
                for (int i = 0; i < 19; i++) {
                    expected.add(key("e" + (number - i)));
                }
                assertThat(keys(store)).isEqualTo(expected);
            }
        }
    }

    @Test
    void anEndThatCameOnceComesAgain() {
        try (SqliteCacheStore store = open(Durability.COMMITTED, 10)) {
            store.put(key("brief"), brief, soon());
            clock.set(end);
            assertThat(store.get(key("brief"), soon())).isNull();
            clock.set(end.minusNanos(1));
            // Nobody has erased it yet, or somebody has: both are right, and nothing else is.
            assertThat(store.get(key("brief"), soon())).isIn(brief, null);
            clock.set(end);
            assertThat(store.get(key("brief"), soon())).isNull();
            assertThat(store.remove(key("brief"), soon())).isFalse();
            assertThat(store.stats().failures()).isZero();
        }
    }
}
