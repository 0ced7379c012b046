package dev.larder.cache.tiered;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.StoreStats;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A store that can do no more than the contract asks for: puts wait, and bulk calls are made one by one. */
record BlockingStore(CacheStore store) implements CacheStore {
    @Override
    public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
        return store.get(key, deadline);
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
        store.put(key, entry, deadline);
    }

    @Override
    public boolean remove(CacheKey key, Deadline deadline) {
        return store.remove(key, deadline);
    }

    @Override
    public long removeTagged(String tag, Deadline deadline) {
        return store.removeTagged(tag, deadline);
    }

    @Override
    public void clear(Deadline deadline) {
        store.clear(deadline);
    }

    @Override
    public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        store.scan(visitor, deadline);
    }

    @Override
    public StoreStats stats() {
        return store.stats();
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return Set.of();
    }

    @Override
    public void close() {
        store.close();
    }
}
