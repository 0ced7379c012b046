package dev.larder.cache.tck;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.StoreCapability;
import java.time.InstantSource;
import java.util.Set;

/**
 * What {@link CacheStoreContract} needs to know about a store: how to open it, what it can do, and how to look at its
 * storage from outside. One fixture stands for one storage, empty at first, and serves one test.
 *
 * <p>Called from the threads of a test, never from two at once.
 */
public abstract class StoreFixture {
    /** For subclasses. */
    protected StoreFixture() {}

    /**
     * Opens the store without bounds, on the storage of this fixture: empty at the first call, and at later calls as
     * the stores before have left it. Where the store is {@link StoreCapability#SHARED}, called again while others
     * are open.
     *
     * @param clock the clock by which the store measures retention
     */
    public abstract CacheStore open(InstantSource clock);

    /**
     * Opens as {@link #open} does a store that keeps no more than {@code maxEntries} entries. Called only if
     * {@link #capabilities()} has {@link StoreCapability#BOUNDED}.
     *
     * @throws UnsupportedOperationException unless overridden
     */
    public CacheStore openBounded(InstantSource clock, long maxEntries) {
        throw new UnsupportedOperationException("a fixture that says BOUNDED overrides openBounded");
    }

    /**
     * Returns what the store can do. Tests of other capabilities are skipped; a store that announces a different set
     * fails.
     */
    public abstract Set<StoreCapability> capabilities();

    /**
     * Overwrites some of the stored bytes of the entry under {@code key} behind the back of the store, which is
     * closed.
     *
     * @return whether it could: false, the default, skips the tests of damage
     */
    public boolean damage(CacheKey key) {
        return false;
    }

    /**
     * Returns how many pieces of storage, such as rows or files, belong to no entry. Called after the last store was
     * closed; anything but 0, the default, fails the test.
     */
    public long orphans() {
        return 0;
    }

    /** Erases the storage. Called once after each test, passed or failed. The default does nothing. */
    public void destroy() {}

    /**
     * Returns the fixture of what {@link dev.larder.cache.CacheStores} opens for {@code spec}. With
     * {@link StoreCapability#BOUNDED}, each store in the spec is bounded by its option {@code maxEntries}.
     *
     * <p>A location in the spec is the caller's affair: empty storage for each fixture, erased by whoever made it.
     */
    public static StoreFixture ofSpec(String spec, StoreCapability... capabilities) {
        return new SpecFixture(spec, Set.of(capabilities));
    }
}
