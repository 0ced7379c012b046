package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheStore;
import dev.larder.cache.StoreCapability;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A damaged entry is an absent entry, is erased and counted, and costs nothing else. */
abstract class FaultRules extends Rules {
    FaultRules(ContractRun run) {
        super(run);
    }

    @BeforeEach
    final void assumePersistent() {
        assume(StoreCapability.PERSISTENT);
    }

    /** Returns a store with the entries 0 to 2, of which 1 is damaged. */
    private CacheStore openDamaged() {
        CacheStore store = open();
        store.putAll(entries(3, "tag"), soon());
        store.close();
        run.damage(key(1));
        return open();
    }

    @Test
    void aDamagedEntryIsAbsent() {
        CacheStore store = openDamaged();
        assertThat(store.get(key(1), soon())).isNull();
        assertThat(store.stats().misses()).isEqualTo(1);
    }

    @Test
    void aDamagedEntryIsCountedOnceAndErased() {
        CacheStore store = openDamaged();
        store.get(key(1), soon());
        store.flush(soon());
        assertThat(store.stats().corrupt()).isEqualTo(1);
        store.get(key(1), soon());
        assertThat(store.stats().corrupt()).isEqualTo(1);
        assertThat(store.stats().failures()).isZero();
        CacheStore reopened = run.reopen();
        assertThat(reopened.get(key(1), soon())).isNull();
        assertThat(reopened.stats().corrupt()).isZero();
    }

    @Test
    void theOtherEntriesAreUnharmed() {
        CacheStore store = openDamaged();
        store.get(key(1), soon());
        assertThat(store.get(key(0), soon())).isEqualTo(entry("entry 0", "tag"));
        assertThat(store.get(key(2), soon())).isEqualTo(entry("entry 2", "tag"));
    }

    @Test
    void getAllLeavesADamagedEntryOut() {
        CacheStore store = openDamaged();
        assertThat(store.getAll(entries(3).keySet(), soon())).containsOnlyKeys(key(0), key(2));
        store.flush(soon());
        assertThat(store.stats().corrupt()).isEqualTo(1);
        assertThat(store.getAll(Set.of(key(1)), soon())).isEmpty();
    }

    @Test
    void aScanLeavesADamagedEntryOut() {
        CacheStore store = openDamaged();
        assertThat(scan(store)).containsOnlyKeys(key(0), key(2));
        store.flush(soon());
        assertThat(store.stats().corrupt()).isEqualTo(1);
        assertThat(scan(store)).containsOnlyKeys(key(0), key(2));
    }

    @Test
    void aDamagedEntryCanBePutAgain() {
        CacheStore store = openDamaged();
        store.get(key(1), soon());
        store.put(key(1), entry("again", "tag"), soon());
        assertThat(store.get(key(1), soon())).isEqualTo(entry("again", "tag"));
        store.put(key(0), entry("again"), soon());
        assertThat(scan(run.reopen())).hasSize(3).containsEntry(key(1), entry("again", "tag"));
    }

    @Test
    void aDamagedEntryCanBeOverwrittenUnread() {
        CacheStore store = openDamaged();
        store.put(key(1), entry("again", "new"), soon());
        assertThat(store.get(key(1), soon())).isEqualTo(entry("again", "new"));
        assertThat(store.removeTagged("tag", soon())).isEqualTo(2);
        assertThat(scan(store)).containsOnlyKeys(key(1));
    }

    @Test
    void removalsGoPastADamagedEntry() {
        CacheStore store = openDamaged();
        store.removeTagged("tag", soon());
        assertThat(scan(store)).isEmpty();
        assertThat(store.get(key(1), soon())).isNull();
    }
}
