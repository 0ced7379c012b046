package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.StoreCapability;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls from many threads at once: nothing torn, nothing lost, nothing undone. */
abstract class ConcurrencyRules extends Rules {
    private static final int THREADS = 8;
    private static final int ROUNDS = 100;

    ConcurrencyRules(ContractRun run) {
        super(run);
    }

    /** Returns an entry whose every part says who made it, so that a mixture of two is recognised. */
    private static CacheEntry whole(int thread, int round) {
        byte[] data = new byte[100 + 400 * thread];
        Arrays.fill(data, (byte) (16 * thread + round % 16));
        return CacheEntry.newBuilder()
                .metadata(new byte[] {(byte) thread, (byte) round})
                .data(data)
                .storedAt(Instant.ofEpochSecond(thread, round))
                .tags(List.of("thread " + thread, "all"))
                .build();
    }

    private static void assertWhole(@Nullable CacheEntry entry) {
        if (entry != null) {
            assertThat(entry).isEqualTo(whole(entry.metadata()[0], entry.metadata()[1]));
        }
    }

    @Test
    void everyEntryReadIsOneThatWasPut() {
        CacheStore store = open();
        Together.run(THREADS, thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                CacheKey key = key(round % 3);
                switch (round % 4) {
                    case 0 -> store.put(key, whole(thread, round), soon());
                    case 1 -> assertWhole(store.get(key, soon()));
                    case 2 ->
                        store.getAll(Set.of(key(0), key(1), key(2)), soon())
                                .values()
                                .forEach(ConcurrencyRules::assertWhole);
                    default -> {
                        if (thread == 0) {
                            store.remove(key, soon());
                        } else {
                            store.putAll(Map.of(key, whole(thread, round)), soon());
                        }
                    }
                }
            }
        });
        scan(store).values().forEach(ConcurrencyRules::assertWhole);
    }

    @Test
    void aThreadSeesWhatItPutAndRemoved() {
        CacheStore store = open();
        Together.run(THREADS, thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                CacheKey key = key("thread " + thread + " key " + round % 5);
                store.put(key, whole(thread, round), soon());
                assertThat(store.get(key, soon())).isEqualTo(whole(thread, round));
                if (round % 2 == 0) {
                    assertThat(store.remove(key, soon())).isTrue();
                    assertThat(store.get(key, soon())).isNull();
                }
            }
        });
    }

    @Test
    void everyPutOfEveryThreadIsKept() {
        CacheStore store = open();
        Together.run(THREADS, thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                store.put(key("thread " + thread + " round " + round), whole(thread, round), soon());
            }
        });
        assertThat(scan(store)).hasSize(THREADS * ROUNDS);
        assertThat(store.stats().puts()).isEqualTo(THREADS * ROUNDS);
        for (int thread = 0; thread < THREADS; thread++) {
            assertThat(store.removeTagged("thread " + thread, soon())).isEqualTo(ROUNDS);
        }
    }

    @Test
    void theLastWriterWinsForEveryReader() {
        CacheStore store = open();
        CyclicBarrier round = new CyclicBarrier(THREADS);
        Together.run(THREADS, thread -> {
            for (int i = 0; i < 20; i++) {
                store.put(key(1), whole(thread, i), soon());
                round.await(60, TimeUnit.SECONDS);
                if (thread == i % THREADS) {
                    store.put(key(1), entry("last of " + i), soon());
                }
                round.await(60, TimeUnit.SECONDS);
                assertThat(store.get(key(1), soon())).isEqualTo(entry("last of " + i));
                round.await(60, TimeUnit.SECONDS);
            }
        });
    }

    @Test
    void aRemovalIsNotUndoneByReaders() {
        CacheStore store = open();
        CyclicBarrier round = new CyclicBarrier(THREADS);
        AtomicBoolean removed = new AtomicBoolean();
        Together.run(THREADS, thread -> {
            for (int i = 0; i < 20; i++) {
                if (thread == 0) {
                    store.put(key(1), whole(thread, i), soon());
                    removed.set(false);
                }
                round.await(60, TimeUnit.SECONDS);
                if (thread == 0) {
                    removeInTurn(store, i);
                    removed.set(true);
                }
                for (int reading = 0; reading < 20; reading++) {
                    boolean gone = removed.get();
                    CacheEntry entry = reading % 2 == 0
                            ? store.get(key(1), soon())
                            : store.getAll(Set.of(key(1)), soon()).get(key(1));
                    assertThat(gone && entry != null)
                            .as("an entry is read after its removal returned")
                            .isFalse();
                }
                round.await(60, TimeUnit.SECONDS);
                assertThat(store.get(key(1), soon())).isNull();
                round.await(60, TimeUnit.SECONDS);
            }
        });
    }

    private static void removeInTurn(CacheStore store, int turn) {
        switch (turn % 3) {
            case 0 -> assertThat(store.remove(key(1), soon())).isTrue();
            case 1 -> assertThat(store.removeTagged("all", soon())).isEqualTo(1);
            default -> store.clear(soon());
        }
    }

    @Test
    void oneOfManyThreadsRemovesAnEntry() {
        CacheStore store = open();
        CyclicBarrier round = new CyclicBarrier(THREADS);
        AtomicInteger removals = new AtomicInteger();
        Together.run(THREADS, thread -> {
            for (int i = 0; i < 20; i++) {
                if (thread == 0) {
                    store.put(key(i), entry("entry"), soon());
                }
                round.await(60, TimeUnit.SECONDS);
                if (store.remove(key(i), soon())) {
                    removals.incrementAndGet();
                }
                round.await(60, TimeUnit.SECONDS);
            }
        });
        assertThat(removals).hasValue(20);
        assertThat(store.stats().removals()).isEqualTo(20);
    }

    @Test
    void putsAndTagRemovalsAtOnceLeaveTagsAndEntriesConsistent() {
        CacheStore store = open();
        Together.run(THREADS, thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                if (thread == 0) {
                    store.removeTagged("all", soon());
                } else {
                    store.put(key(round % 10), whole(thread, round), soon());
                }
            }
        });
        long left = scan(store).size();
        assertThat(store.removeTagged("all", soon())).isEqualTo(left);
        assertThat(scan(store)).isEmpty();
    }

    @Test
    void clearingWhileOthersPutHurtsNobody() {
        CacheStore store = open();
        Together.run(THREADS, thread -> {
            for (int round = 0; round < ROUNDS / 2; round++) {
                if (thread == 0) {
                    store.clear(soon());
                } else {
                    store.put(key(round), whole(thread, round), soon());
                }
            }
        });
        store.clear(soon());
        assertThat(scan(store)).isEmpty();
        assertThat(store.removeTagged("all", soon())).isZero();
    }

    @Test
    void aScanShowsWhatIsUntouchedWhileOthersWrite() {
        CacheStore store = open();
        Map<CacheKey, CacheEntry> untouched = entries(50);
        store.putAll(untouched, soon());
        Together.run(4, thread -> {
            for (int round = 0; round < ROUNDS / 2; round++) {
                if (thread == 0) {
                    List<CacheKey> seen = new ArrayList<>();
                    store.scan((key, entry) -> seen.add(key), soon());
                    Stream<CacheKey> old = seen.stream().filter(untouched::containsKey);
                    assertThat(old).containsExactlyInAnyOrderElementsOf(untouched.keySet());
                } else {
                    CacheKey key = key("thread " + thread + " key " + round % 10);
                    store.put(key, whole(thread, round), soon());
                    store.remove(key, soon());
                }
            }
        });
    }

    @Test
    void virtualThreadsMayCall() throws Exception {
        Optional<Method> start = startVirtualThread();
        assumeTrue(start.isPresent(), "this Java has no virtual threads");
        CacheStore store = open();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int number = i;
            Runnable task = () -> {
                try {
                    store.put(key(number), entry("entry " + number), soon());
                    assertThat(store.get(key(number), soon())).isEqualTo(entry("entry " + number));
                } catch (Throwable e) {
                    failures.add(e);
                }
            };
            threads.add((Thread) start.orElseThrow().invoke(null, task));
        }
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(60));
            assertThat(thread.isAlive()).as("a virtual thread hangs").isFalse();
        }
        assertThat(failures).isEmpty();
        assertThat(scan(store)).hasSize(200);
    }

    private static Optional<Method> startVirtualThread() {
        try {
            return Optional.of(Thread.class.getMethod("startVirtualThread", Runnable.class));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    @Test
    void twoStoresOnOneStorageSeeEachOther() {
        assume(StoreCapability.SHARED);
        CacheStore one = open();
        CacheStore other = open();
        one.put(key(1), entry("one", "tag"), soon());
        one.flush(soon());
        assertThat(other.get(key(1), soon())).isEqualTo(entry("one", "tag"));
        other.put(key(1), entry("two", "tag"), soon());
        other.flush(soon());
        assertThat(one.get(key(1), soon())).isEqualTo(entry("two", "tag"));
        assertThat(one.removeTagged("tag", soon())).isEqualTo(1);
        one.flush(soon());
        assertThat(other.get(key(1), soon())).isNull();
        other.putAll(entries(10), soon());
        other.flush(soon());
        assertThat(scan(one)).isEqualTo(entries(10));
        one.clear(soon());
        one.flush(soon());
        assertThat(scan(other)).isEmpty();
    }

    @Test
    void twoStoresOnOneStorageMayWriteAtOnce() {
        assume(StoreCapability.SHARED);
        List<CacheStore> stores = List.of(open(), open());
        Set<CacheKey> keys = new HashSet<>();
        for (int i = 0; i < ROUNDS; i++) {
            keys.add(key(i));
        }
        Together.run(4, thread -> {
            CacheStore store = stores.get(thread % 2);
            for (int round = 0; round < ROUNDS; round++) {
                store.put(key(round), whole(thread, round), soon());
                assertWhole(store.get(key(round), soon()));
            }
        });
        stores.forEach(store -> store.flush(soon()));
        Map<CacheKey, CacheEntry> seen = stores.get(0).getAll(keys, soon());
        assertThat(seen).hasSize(ROUNDS);
        seen.values().forEach(ConcurrencyRules::assertWhole);
        assertThat(scan(stores.get(1))).isEqualTo(seen);
    }
}
