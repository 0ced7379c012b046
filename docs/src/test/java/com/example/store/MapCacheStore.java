package com.example.store;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.StoreStats;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Keeps entries in a map until the process ends. It has no bound, so it is for a known number of entries. */
// tag::store[]
public final class MapCacheStore implements CacheStore {
    private final Map<CacheKey, CacheEntry> entries = new ConcurrentHashMap<>();
    private final StatsCounter stats = new StatsCounter();
    private final InstantSource clock;
    private volatile boolean closed;

    public MapCacheStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        check("get", deadline);
        CacheEntry entry = entries.get(key);
        if (entry != null && entry.isExpiredAt(clock.instant())) {
            // Only this entry: another may have been put meanwhile.
            entries.remove(key, entry);
            entry = null;
        }
        stats.recordLookup(entry != null);
        return entry;
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(entry, "entry");
        check("put", deadline);
        if (entry.isExpiredAt(clock.instant())) {
            // Kept, it would come to life if the clock stepped back.
            entries.remove(key);
        } else {
            entries.put(key, entry);
        }
        stats.recordPuts(1);
    }

    @Override
    public boolean remove(CacheKey key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        check("remove", deadline);
        CacheEntry entry = entries.remove(key);
        boolean removed = entry != null && !entry.isExpiredAt(clock.instant());
        stats.recordRemovals(removed ? 1 : 0);
        return removed;
    }

    @Override
    public long removeTagged(String tag, Deadline deadline) {
        Objects.requireNonNull(tag, "tag");
        check("removeTagged", deadline);
        long removed = entries.entrySet().stream()
                .filter(kept -> kept.getValue().tags().contains(tag))
                .filter(kept -> entries.remove(kept.getKey(), kept.getValue()))
                .count();
        stats.recordRemovals(removed);
        return removed;
    }

    @Override
    public void clear(Deadline deadline) {
        check("clear", deadline);
        entries.clear();
    }

    @Override
    public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        Objects.requireNonNull(visitor, "visitor");
        check("scan", deadline);
        entries.forEach((key, entry) -> {
            check("scan", deadline);
            if (!entry.isExpiredAt(clock.instant())) {
                visitor.accept(key, entry);
            }
        });
    }

    @Override
    public StoreStats stats() {
        long bytes = entries.values().stream()
                .mapToLong(entry -> (long) entry.metadata().length + entry.data().length)
                .sum();
        return stats.snapshot(entries.size(), bytes);
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return Set.of(StoreCapability.IMMEDIATE, StoreCapability.ASYNC_PUTS);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void check(String operation, Deadline deadline) {
        Objects.requireNonNull(deadline, "deadline");
        if (closed) {
            throw new IllegalStateException("the map store is closed");
        }
        try {
            deadline.check(operation);
        } catch (CacheStoreException e) {
            stats.recordFailure();
            throw e;
        }
    }
}
// end::store[]
