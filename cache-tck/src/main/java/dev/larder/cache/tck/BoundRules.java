package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.StoreCapability;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bounded store gives up what was used least recently, says so, and stays within its bounds once at rest. */
abstract class BoundRules extends Rules {
    private static final int BOUND = 100;

    BoundRules(ContractRun run) {
        super(run);
    }

    @BeforeEach
    final void assumeBounded() {
        assume(StoreCapability.BOUNDED);
    }

    @Test
    void tenTimesTheBoundLeavesNoMoreThanTheBound() {
        CacheStore store = run.openBounded(BOUND);
        Map<CacheKey, CacheEntry> entries = entries(10 * BOUND);
        entries.forEach((key, entry) -> store.put(key, entry, soon()));
        store.flush(soon());
        Map<CacheKey, CacheEntry> left = scan(store);
        assertThat(left).isNotEmpty().hasSizeLessThanOrEqualTo(BOUND);
        assertThat(entries).containsAllEntriesOf(left);
        assertThat(store.getAll(entries.keySet(), soon())).isEqualTo(left);
    }

    @Test
    void putAllIsBoundedToo() {
        CacheStore store = run.openBounded(BOUND);
        store.putAll(entries(5 * BOUND), soon());
        store.flush(soon());
        assertThat(scan(store)).isNotEmpty().hasSizeLessThanOrEqualTo(BOUND);
    }

    @Test
    void evictionsAreCounted() {
        CacheStore store = run.openBounded(BOUND);
        entries(10 * BOUND).forEach((key, entry) -> store.put(key, entry, soon()));
        store.flush(soon());
        int left = scan(store).size();
        assertThat(store.stats().evictions()).isEqualTo(10 * BOUND - left);
        assertThat(store.stats().removals()).isZero();
    }

    @Test
    void theMostRecentlyReadEntriesStay() {
        CacheStore store = run.openBounded(BOUND);
        Map<CacheKey, CacheEntry> hot = entries(10);
        store.putAll(hot, soon());
        // As much between two readings as leaves room for every policy that goes by recency, exactly or roughly.
        for (int cold = 0; cold < 10 * BOUND; cold += 10) {
            for (int i = 0; i < 10; i++) {
                store.put(key("cold " + (cold + i)), entry("cold"), soon());
            }
            assertThat(store.getAll(hot.keySet(), soon())).isEqualTo(hot);
            hot.keySet().forEach(key -> store.get(key, soon()));
        }
        store.flush(soon());
        assertThat(store.getAll(hot.keySet(), soon())).isEqualTo(hot);
    }

    @Test
    void nothingIsEvictedWithinTheBound() {
        CacheStore store = run.openBounded(BOUND);
        Map<CacheKey, CacheEntry> entries = entries(BOUND);
        entries.forEach((key, entry) -> store.put(key, entry, soon()));
        store.flush(soon());
        assertThat(scan(store)).isEqualTo(entries);
        assertThat(store.stats().evictions()).isZero();
    }

    @Test
    void anOverwriteTakesNoPlace() {
        CacheStore store = run.openBounded(BOUND);
        store.putAll(entries(BOUND / 2), soon());
        for (int i = 0; i < 5 * BOUND; i++) {
            store.put(key(1), entry("version " + i), soon());
        }
        store.flush(soon());
        assertThat(scan(store)).hasSize(BOUND / 2);
        assertThat(store.stats().evictions()).isZero();
    }

    @Test
    void aRemovalMakesRoom() {
        CacheStore store = run.openBounded(BOUND);
        for (int i = 0; i < 5 * BOUND; i++) {
            store.put(key(i), entry("entry " + i), soon());
            assertThat(store.remove(key(i), soon())).isTrue();
        }
        store.putAll(entries(BOUND), soon());
        store.flush(soon());
        assertThat(scan(store)).hasSize(BOUND);
        assertThat(store.stats().evictions()).isZero();
    }

    @Test
    void evictedEntriesTakeTheirTagsWithThem() {
        CacheStore store = run.openBounded(BOUND);
        store.putAll(entries(5 * BOUND, "tag"), soon());
        store.flush(soon());
        long left = scan(store).size();
        assertThat(store.removeTagged("tag", soon())).isEqualTo(left);
    }

    @Test
    void aBoundAppliesToWhatWasThereBefore() {
        assume(StoreCapability.PERSISTENT);
        CacheStore unbounded = open();
        unbounded.putAll(entries(5 * BOUND), soon());
        unbounded.close();
        CacheStore store = run.openBounded(BOUND);
        store.put(key("new"), entry("new"), soon());
        store.flush(soon());
        assertThat(scan(store)).isNotEmpty().hasSizeLessThanOrEqualTo(BOUND);
    }
}
