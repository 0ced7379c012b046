package dev.larder.perf.suite;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
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

/** A store as a user might write one: a map. */
final class MapCacheStore implements CacheStore {
    private final Map<CacheKey, CacheEntry> entries = new ConcurrentHashMap<>();
    private final StatsCounter counter = new StatsCounter();
    private final InstantSource clock;
    private volatile boolean closed;

    MapCacheStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public CacheEntry get(CacheKey key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        check("get", deadline);
        CacheEntry entry = entries.get(key);
        if (entry != null && entry.isExpiredAt(clock.instant())) {
            entries.remove(key, entry);
            entry = null;
        }
        counter.recordLookup(entry != null);
        return entry;
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(entry, "entry");
        check("put", deadline);
        entries.put(key, entry);
        counter.recordPuts(1);
    }

    @Override
    public boolean remove(CacheKey key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        check("remove", deadline);
        CacheEntry entry = entries.remove(key);
        boolean removed = entry != null && !entry.isExpiredAt(clock.instant());
        counter.recordRemovals(removed ? 1 : 0);
        return removed;
    }

    @Override
    public long removeTagged(String tag, Deadline deadline) {
        Objects.requireNonNull(tag, "tag");
        check("removeTagged", deadline);
        long before = entries.size();
        entries.values().removeIf(entry -> entry.tags().contains(tag));
        long removed = before - entries.size();
        counter.recordRemovals(removed);
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
            if (!entry.isExpiredAt(clock.instant())) {
                visitor.accept(key, entry);
            }
        });
    }

    private void check(String operation, Deadline deadline) {
        Objects.requireNonNull(deadline, "deadline");
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        deadline.check(operation);
    }

    @Override
    public StoreStats stats() {
        long bytes = entries.values().stream()
                .mapToLong(entry -> entry.data().length)
                .sum();
        return counter.snapshot(entries.size(), bytes);
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return Set.of(StoreCapability.IMMEDIATE, StoreCapability.ASYNC_PUTS);
    }

    @Override
    public void close() {
        closed = true;
    }
}
