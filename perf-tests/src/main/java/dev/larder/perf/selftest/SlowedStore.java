package dev.larder.perf.selftest;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.perf.suite.ForwardingStore;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store that takes longer for each get and put by a part of the time that it took, and keeps a processor busy. */
final class SlowedStore extends ForwardingStore {
    private final double part;

    /** @param part 0.2 for a fifth longer */
    SlowedStore(CacheStore store, double part) {
        super(store);
        this.part = part;
    }

    @Override
    public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
        long began = System.nanoTime();
        CacheEntry entry = super.get(key, deadline);
        spin(began);
        return entry;
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
        long began = System.nanoTime();
        super.put(key, entry, deadline);
        spin(began);
    }

    @Override
    public Map<CacheKey, CacheEntry> getAll(Set<CacheKey> keys, Deadline deadline) {
        long began = System.nanoTime();
        Map<CacheKey, CacheEntry> entries = super.getAll(keys, deadline);
        spin(began);
        return entries;
    }

    @Override
    public void putAll(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
        long began = System.nanoTime();
        super.putAll(entries, deadline);
        spin(began);
    }

    private void spin(long began) {
        long until = System.nanoTime();
        until += (long) ((until - began) * part);
        while (System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
    }
}
