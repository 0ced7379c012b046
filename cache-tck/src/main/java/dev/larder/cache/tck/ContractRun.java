package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.StoreCapability;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One test's storage, clock and stores, and the invariants that hold when it ends. */
final class ContractRun {
    private @Nullable StoreFixture fixture;
    private @Nullable OpenThings before;
    private final ManualClock clock = new ManualClock();
    private final List<ObservedStore> opened = new ArrayList<>();
    private boolean damaged;

    void begin(StoreFixture fixture) {
        this.fixture = fixture;
        before = OpenThings.now();
    }

    StoreFixture fixture() {
        return Objects.requireNonNull(fixture, "a test has begun");
    }

    ManualClock clock() {
        return clock;
    }

    CacheStore open() {
        return observed(fixture().open(clock));
    }

    CacheStore openBounded(long maxEntries) {
        return observed(fixture().openBounded(clock, maxEntries));
    }

    private CacheStore observed(CacheStore store) {
        ObservedStore observed = new ObservedStore(store);
        opened.add(observed);
        return observed;
    }

    /** Closes every store that is open, and opens one on what they left. */
    CacheStore reopen() {
        opened.forEach(ObservedStore::close);
        return open();
    }

    /** Skips the test unless the fixture's store can do this. */
    void assume(StoreCapability capability) {
        assumeTrue(fixture().capabilities().contains(capability), () -> "the store is not " + capability);
    }

    /** Damages the entry under {@code key} on closed storage; skips the test where the fixture cannot. */
    void damage(CacheKey key) {
        opened.forEach(ObservedStore::close);
        damaged = true;
        assumeTrue(fixture().damage(key), "the fixture cannot damage entries");
    }

    /** Closes everything, checks what must hold after every test, and erases the storage. */
    void finish() throws InterruptedException {
        try {
            for (ObservedStore store : opened) {
                store.close();
                store.close();
                store.checkPromises();
                store.checkStats(damaged);
            }
            OpenThings.checkNothingIsLeftSince(Objects.requireNonNull(before, "a test has begun"));
            assertThat(fixture().orphans())
                    .as("pieces of storage that belong to no entry")
                    .isZero();
        } finally {
            fixture().destroy();
        }
    }
}
