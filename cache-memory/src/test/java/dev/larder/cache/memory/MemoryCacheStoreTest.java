package dev.larder.cache.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStores;
import dev.larder.cache.Deadline;
import dev.larder.cache.tck.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemoryCacheStoreTest {
    private static final int THREADS = 4;

    private final ManualClock clock = new ManualClock();

    private static CacheKey key(int number) {
        return CacheKey.sha256(("key " + number).getBytes(StandardCharsets.UTF_8));
    }

    private static CacheEntry entry(int bytes, Instant deleteAt, String... tags) {
        return CacheEntry.newBuilder()
                .data(new byte[bytes])
                .deleteAt(deleteAt)
                .tags(List.of(tags))
                .build();
    }

    private static void put(MemoryCacheStore store, int number, CacheEntry entry) {
        store.put(key(number), entry, Deadline.never());
    }

    private static boolean has(MemoryCacheStore store, int number) {
        return store.get(key(number), Deadline.never()) != null;
    }

    private MemoryCacheStore.Builder builder() {
        return MemoryCacheStore.newBuilder().clock(clock);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.000000001S", "PT0.000999999S", "PT0.001S", "PT1.5S", "P30D", "P14000D", "P365000D"})
    void retentionIsExactToTheNanosecondNearAndFar(Duration retention) {
        try (MemoryCacheStore store = builder().build()) {
            Instant deleteAt = clock.instant().plus(retention);
            put(store, 1, entry(1, deleteAt));
            clock.set(deleteAt.minusNanos(1));
            assertThat(has(store, 1)).isTrue();
            clock.set(deleteAt);
            assertThat(has(store, 1)).isFalse();
        }
    }

    @Test
    void whatIsKeptForEverIsThereAtTheEndOfTime() {
        try (MemoryCacheStore store = builder().build()) {
            put(store, 1, entry(1, Instant.MAX));
            clock.set(Instant.MAX.minusNanos(1));
            assertThat(has(store, 1)).isTrue();
            put(store, 2, entry(1, Instant.MAX));
            assertThat(has(store, 2)).isTrue();
            clock.set(Instant.MAX);
            assertThat(has(store, 1)).isFalse();
        }
    }

    @Test
    void aClockSetBackNeitherEndsNorProlongsRetention() {
        try (MemoryCacheStore store = builder().build()) {
            Instant deleteAt = clock.instant().plusSeconds(10);
            put(store, 1, entry(1, deleteAt));
            clock.advance(Duration.ofDays(-36_500));
            assertThat(has(store, 1)).isTrue();
            put(store, 2, entry(1, clock.instant().plusSeconds(1)));
            clock.advance(Duration.ofSeconds(1));
            assertThat(has(store, 2)).isFalse();
            clock.set(deleteAt.minusNanos(1));
            assertThat(has(store, 1)).isTrue();
            clock.set(deleteAt);
            assertThat(has(store, 1)).isFalse();
        }
    }

    @Test
    void expiryIsNoEvictionAndFreesTagsAndBytes() {
        try (MemoryCacheStore store = builder().build()) {
            for (int i = 0; i < 100; i++) {
                put(store, i, entry(100, clock.instant().plusSeconds(i + 1), "tag " + i % 7));
            }
            clock.advance(Duration.ofDays(1));
            assertThat(store.tags().isEmpty()).isTrue();
            assertThat(store.stats().entries()).isZero();
            assertThat(store.stats().bytes()).isZero();
            assertThat(store.stats().evictions()).isZero();
        }
    }

    @Test
    void anEntryLargerThanTheStoreIsAnEviction() {
        try (MemoryCacheStore store = builder().maxBytes(10_000).build()) {
            put(store, 1, entry(10_000, Instant.MAX, "tag"));
            assertThat(has(store, 1)).isFalse();
            assertThat(store.stats().evictions()).isEqualTo(1);
            assertThat(store.stats().puts()).isEqualTo(1);
            assertThat(store.tags().isEmpty()).isTrue();
        }
    }

    @Test
    void theBoundInBytesHoldsAfterEveryPut() {
        try (MemoryCacheStore store = builder().maxBytes(100_000).build()) {
            for (int i = 0; i < 1_000; i++) {
                put(store, i, entry(i * 37 % 5_000, Instant.MAX));
                assertThat(store.stats().bytes()).isBetween(1L, 100_000L);
            }
            assertThat(store.stats().evictions())
                    .isEqualTo(1_000 - store.stats().entries());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 100, 10_000_000_000L})
    void bothBoundsHoldAndEachCanBeReached(long maxEntries) {
        try (MemoryCacheStore store =
                builder().maxBytes(1_000_000).maxEntries(maxEntries).build()) {
            for (int i = 0; i < Math.min(maxEntries, 1_000); i++) {
                put(store, i, entry(10, Instant.MAX));
            }
            assertThat(store.stats().evictions()).isZero();
            for (int i = 0; i < 5_000; i++) {
                put(store, i, entry(500, Instant.MAX));
                assertThat(store.stats().entries()).isLessThanOrEqualTo(maxEntries);
                assertThat(store.stats().bytes()).isLessThanOrEqualTo(1_000_000);
            }
        }
    }

    @Test
    void boundsHoldOnceManyWritersAreDone() throws Exception {
        try (MemoryCacheStore store =
                builder().maxBytes(1_000_000).maxEntries(50).build()) {
            together(thread -> {
                for (int i = 0; i < 2_000; i++) {
                    put(store, thread * 10_000 + i, entry(i % 300, Instant.MAX, "tag " + i % 5));
                }
            });
            assertThat(store.stats().entries()).isBetween(1L, 50L);
            assertThat(store.stats().evictions())
                    .isEqualTo(THREADS * 2_000 - store.stats().entries());
        }
    }

    @Test
    void theIndexOfTagsIsEmptyWhenEverythingIsGone() throws Exception {
        for (int round = 0; round < 20; round++) {
            try (MemoryCacheStore store =
                    builder().maxBytes(1_000_000).maxEntries(30).build()) {
                CacheEntry shared = entry(10, Instant.MAX, "all", "shared");
                together(thread -> {
                    for (int i = 0; i < 1_000; i++) {
                        // Few keys, so that every way in and out of the store meets every other.
                        int number = i * 31 % 40;
                        switch ((i + thread) % 8) {
                            case 0 -> store.remove(key(number), Deadline.never());
                            case 1 -> store.removeTagged("tag " + i % 5, Deadline.never());
                            case 2 -> put(store, number, shared);
                            case 3 -> {
                                clock.advance(Duration.ofMillis(1));
                                has(store, number);
                            }
                            case 4 ->
                                put(store, number, entry(10, clock.instant().plusMillis(i % 4), "all", "brief"));
                            default -> put(store, number, entry(i % 100, Instant.MAX, "all", "tag " + i % 5));
                        }
                    }
                });
                // Both ways of asking agree, which they would not if the index had lost an entry.
                clock.advance(Duration.ofDays(1));
                assertThat(store.tags().isEmpty()).isFalse();
                long left = store.stats().entries();
                assertThat(store.removeTagged("all", Deadline.never())).isEqualTo(left);
                assertThat(store.stats().entries()).isZero();
                assertThat(store.stats().bytes()).isZero();
                assertThat(store.tags().isEmpty()).isTrue();
            }
        }
    }

    @Test
    void theHottestEntriesAreScannedFirst() {
        // More than half full, or use is not noted.
        try (MemoryCacheStore store = builder().maxBytes(5_000).build()) {
            for (int i = 0; i < 10; i++) {
                put(store, i, entry(1, Instant.MAX));
            }
            for (int reading = 0; reading < 5; reading++) {
                has(store, 4);
            }
            List<CacheKey> seen = new ArrayList<>();
            store.scan((key, entry) -> seen.add(key), Deadline.never());
            assertThat(seen).hasSize(10);
            assertThat(seen.get(0)).isEqualTo(key(4));
        }
    }

    @Test
    void aClosedStoreHoldsNothing() {
        MemoryCacheStore store = builder().build();
        put(store, 1, entry(1, Instant.MAX, "tag"));
        store.close();
        assertThat(store.tags()).isNull();
        assertThat(store.stats().entries()).isZero();
        assertThat(store.stats().bytes()).isZero();
        assertThat(store.stats().puts()).isEqualTo(1);
    }

    @Test
    void weightsFitWhateverTheBoundsAre() {
        assertThat(Bounds.of(1L << 40, 3))
                .isEqualTo(new Bounds(1L << 40, 3, Integer.MAX_VALUE, 3L * Integer.MAX_VALUE));
        assertThat(Bounds.of(Long.MAX_VALUE, Long.MAX_VALUE).maxWeight()).isEqualTo(Long.MAX_VALUE);
        assertThat(Bounds.of(1, 1)).isEqualTo(new Bounds(1, 1, 0, 1));
        assertThat(Bounds.of(10_007, 10)).isEqualTo(new Bounds(10_007, 10, 1_000, 10_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memory:here",
                "memory:?maxBytes=0",
                "memory:?maxEntries=0",
                "memory:?maxBites=1",
                "memory:?maxBytes=x"
            })
    void aBadSpecIsRefused(String spec) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheStores.open(spec))
                .withMessageContaining("memory");
    }

    private interface Task {
        void run(int thread) throws Exception;
    }

    private static void together(Task task) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                running.add(threads.submit(() -> {
                    start.await(60, TimeUnit.SECONDS);
                    task.run(thread);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
