package dev.larder.perf.suite;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.StoreStats;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A store round another one that does what that does: for those that do one thing differently. */
public abstract class ForwardingStore implements CacheStore {
    private final CacheStore store;

    /** Wraps {@code store}, which is closed with this one. */
    protected ForwardingStore(CacheStore store) {
        this.store = store;
    }

    @Override
    public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
        return store.get(key, deadline);
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
        store.put(key, entry, deadline);
    }

    @Override
    public CompletionStage<@Nullable Void> putAsync(CacheKey key, CacheEntry entry, Deadline deadline) {
        return store.putAsync(key, entry, deadline);
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
    public Map<CacheKey, CacheEntry> getAll(Set<CacheKey> keys, Deadline deadline) {
        return store.getAll(keys, deadline);
    }

    @Override
    public void putAll(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
        store.putAll(entries, deadline);
    }

    @Override
    public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        store.scan(visitor, deadline);
    }

    @Override
    public void flush(Deadline deadline) {
        store.flush(deadline);
    }

    @Override
    public StoreStats stats() {
        return store.stats();
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return store.capabilities();
    }

    @Override
    public void close() {
        store.close();
    }
}
