package dev.larder.perf.scenarios.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStores;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreCapability;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.ForwardingStore;
import dev.larder.perf.suite.Measurement;
import dev.larder.perf.suite.Planted;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChaosTest {
    private static final CacheKey KEY = CacheKey.sha256(new byte[] {7});

    @Test
    void callersOfAStoreThatRecoversLoseNothing() throws Exception {
        Measurement measurement = Planted.run(Chaos.scenario(), Planted.store(store -> new ForwardingStore(store) {}));

        assertThat(measurement.faults()).isEmpty();
        assertThat(measurement.errors()).isZero();
        assertThat(measurement.details())
                .containsKeys("healthy", "failing", "stalling", "recovering", "recovered", "recoveredHitRatio");
        Chaos.Seen failing = (Chaos.Seen) measurement.details().get("failing");
        assertThat(failing.requests()).isEqualTo(160);
        assertThat(failing.storeFailures()).isPositive();
        assertThat(failing.upstreamCalls()).isGreaterThanOrEqualTo(80).isLessThanOrEqualTo(160);
    }

    @Test
    void storeThatDoesNotComeBackIsFound() throws Exception {
        assertThat(Planted.faults(Chaos.scenario(), Planted.store(Broken::new)))
                // On a machine that is slow enough a call of the first phase comes too late already.
                .filteredOn(fault -> !fault.startsWith("healthy: the store answered "))
                .anySatisfy(fault -> assertThat(fault)
                        .matches("recovered: the store answered [0-9]+ of 80 calls whose answer was kept"))
                .contains("recovered: 100 of 100 entries from before are not there any more")
                .hasSize(2);
    }

    @Test
    void failingStoreThrowsEveryKindAndAStallingOneGoesOnWhenItGetsBetter() {
        try (MoodyStore store = new MoodyStore(CacheStores.open("memory:"))) {
            store.put(KEY, Entries.of(7, 0), Deadline.never());
            store.mood(Mood.FAILING);
            Set<CacheStoreException.Kind> kinds = EnumSet.noneOf(CacheStoreException.Kind.class);
            for (int i = 0; i < CacheStoreException.Kind.values().length; i++) {
                assertThatThrownBy(() -> store.get(KEY, Deadline.never()))
                        .isInstanceOfSatisfying(CacheStoreException.class, e -> kinds.add(e.kind()));
            }
            assertThat(kinds).containsExactlyInAnyOrder(CacheStoreException.Kind.values());
            assertThat(store.putAsync(KEY, Entries.of(7, 1), Deadline.never()).toCompletableFuture())
                    .isCompletedExceptionally();

            store.mood(Mood.STALLING);
            CompletableFuture<@Nullable CacheEntry> stalled =
                    CompletableFuture.supplyAsync(() -> store.get(KEY, Deadline.never()));
            store.mood(Mood.HEALTHY);
            assertThat(stalled.join()).isEqualTo(Entries.of(7, 0));
            assertThat(store.capabilities()).doesNotContain(StoreCapability.IMMEDIATE, StoreCapability.ASYNC_PUTS);
        }
    }

    /** Loses everything for ever at the first call that comes too late. */
    private static final class Broken extends ForwardingStore {
        private volatile boolean broken;

        Broken(CacheStore store) {
            super(store);
        }

        @Override
        public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
            broken |= deadline.isExpired();
            return broken ? null : super.get(key, deadline);
        }
    }
}
