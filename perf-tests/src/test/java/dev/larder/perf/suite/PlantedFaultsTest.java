package dev.larder.perf.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.perf.scenarios.Scenarios;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong in a store is found by the scenarios that look at more than calls do. */
class PlantedFaultsTest {
    private static final Extent EXTENT = new Extent(true, Duration.ofMillis(60));

    @ParameterizedTest
    @ValueSource(
            strings = {"ramp-up", "sustained", "latency", "throughput", "slow-client", "slow-upstream", "tokens", "pool"
            })
    void storeThatReturnsOtherBytesIsFound(String scenario) throws Exception {
        // In the middle, which is the answer's body.
        assertThat(run(scenario, new FaultyStore() {
                    @Override
                    CacheEntry changed(CacheEntry entry) {
                        byte[] data = entry.data().clone();
                        data[data.length / 2] ^= 1;
                        return copy(entry, data);
                    }
                }))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ramp-up", "sustained", "latency", "throughput", "slow-client", "slow-upstream", "tokens", "pool"
            })
    void storeThatLosesEntriesIsFound(String scenario) throws Exception {
        assertThat(run(scenario, new FaultyStore() {
                    @Override
                    boolean loses() {
                        return true;
                    }
                }))
                .isNotEmpty();
    }

    @Test
    void putThatIsDoneAfterItWasGivenUpIsFound() throws Exception {
        List<String> violations = run("pool", new FaultyStore() {
            private final Map<CacheKey, CacheEntry> later = new ConcurrentHashMap<>();
            private final AtomicInteger flushes = new AtomicInteger();
            private final AtomicInteger lookups = new AtomicInteger();

            @Override
            public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
                later.put(key, entry);
                throw new CacheStoreException(CacheStoreException.Kind.TIMEOUT, "planted");
            }

            @Override
            public void flush(Deadline deadline) {
                flushes.incrementAndGet();
            }

            @Override
            public CacheEntry get(CacheKey key, Deadline deadline) {
                // Once the scenario has seen that they are not there, and goes on to see whether the store recovers.
                if (flushes.get() > 0 && lookups.incrementAndGet() > 200) {
                    super.putAll(later, Deadline.never());
                }
                return super.get(key, deadline);
            }
        });

        assertThat(violations)
                .anySatisfy(violation -> assertThat(violation)
                        .endsWith("puts that were given up and dropped were done some time later"));
    }

    private static List<String> run(String scenario, CacheStore store) throws Exception {
        Scenario planted = Scenarios.named(scenario).orElseThrow();
        StoreChoice choice = StoreChoice.baseline("faulty", directory -> store);
        int callers = planted.crowds().get(0).callers();
        try (Bench bench = new Bench()) {
            return planted.course()
                    .run(bench, new Cell(choice, planted, callers), new Load(callers, 0, 5, EXTENT))
                    .faults();
        }
    }

    /** A map that does something wrong. */
    private abstract static class FaultyStore extends ForwardingStore {
        FaultyStore() {
            super(new MapCacheStore(InstantSource.system()));
        }

        CacheEntry changed(CacheEntry entry) {
            return entry;
        }

        boolean loses() {
            return false;
        }

        @Override
        public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
            CacheEntry entry = super.get(key, deadline);
            return entry == null ? null : changed(entry);
        }

        @Override
        public Map<CacheKey, CacheEntry> getAll(Set<CacheKey> keys, Deadline deadline) {
            Map<CacheKey, CacheEntry> found = new HashMap<>(super.getAll(keys, deadline));
            found.replaceAll((key, entry) -> changed(entry));
            return found;
        }

        @Override
        public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
            if (!loses()) {
                super.put(key, entry, deadline);
            }
        }

        @Override
        public void putAll(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
            if (!loses()) {
                super.putAll(entries, deadline);
            }
        }

        @Override
        public CompletionStage<@Nullable Void> putAsync(CacheKey key, CacheEntry entry, Deadline deadline) {
            put(key, entry, deadline);
            return CompletableFuture.completedFuture(null);
        }

        static CacheEntry copy(CacheEntry entry, byte[] data) {
            return CacheEntry.newBuilder()
                    .metadata(entry.metadata())
                    .data(data)
                    .storedAt(entry.storedAt())
                    .deleteAt(entry.deleteAt())
                    .build();
        }
    }
}
