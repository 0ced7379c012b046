package dev.larder.example;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.StoreStats;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The whole contract in a map: what the kit is checked with, and what the broken stores are made from.
 *
 * <p>The map is the storage and belongs to the fixture, so that the store is as persistent and as shared as a map can
 * be. Every change of an entry is one atomic operation of the map.
 */
public class MapCacheStore implements CacheStore {
    protected final MapStorage storage;
    protected final InstantSource clock;
    protected final StatsCounter counter = new StatsCounter();
    protected final long maxEntries;
    private volatile boolean closed;

    /** Opens the store on {@code storage}. */
    public MapCacheStore(MapStorage storage, InstantSource clock, long maxEntries) {
        this.storage = storage;
        this.clock = clock;
        this.maxEntries = maxEntries;
    }

    /** Checks what every call checks, in the order of the contract. */
    protected void begin(String operation, Deadline deadline) {
        Objects.requireNonNull(deadline, "deadline");
        if (closed) {
            throw new IllegalStateException(operation + " on a closed store");
        }
        try {
            deadline.check(operation);
        } catch (CacheStoreException e) {
            counter.recordFailure();
            throw e;
        }
    }

    @Override
    public CacheEntry get(CacheKey key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        begin("get", deadline);
        CacheEntry entry = find(key);
        counter.recordLookup(entry != null);
        return entry;
    }

    /** Returns what may be served, and erases what may not. */
    protected CacheEntry find(CacheKey key) {
        MapStorage.Slot slot = storage.slots.get(key);
        if (slot == null) {
            return null;
        }
        if (slot.isDamaged()) {
            if (storage.slots.remove(key, slot)) {
                counter.recordCorrupt();
            }
            return null;
        }
        if (slot.entry().isExpiredAt(clock.instant())) {
            storage.slots.remove(key, slot);
            return null;
        }
        slot.usedAt().set(storage.uses.incrementAndGet());
        return slot.entry();
    }

    @Override
    public Map<CacheKey, CacheEntry> getAll(Set<CacheKey> keys, Deadline deadline) {
        Objects.requireNonNull(keys, "keys");
        begin("getAll", deadline);
        Map<CacheKey, CacheEntry> found = new HashMap<>();
        for (CacheKey key : keys) {
            CacheEntry entry = get(key, deadline);
            if (entry != null) {
                found.put(key, entry);
            }
        }
        return found;
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(entry, "entry");
        begin("put", deadline);
        keep(key, entry);
        counter.recordPuts(1);
        while (storage.slots.size() > maxEntries) {
            evictOne();
        }
    }

    /** Replaces what is there. */
    protected void keep(CacheKey key, CacheEntry entry) {
        if (entry.isExpiredAt(clock.instant())) {
            storage.slots.remove(key);
        } else {
            storage.slots.put(key, MapStorage.Slot.of(entry, storage.uses.incrementAndGet()));
        }
    }

    /** Erases what was used least recently. */
    protected void evictOne() {
        storage.slots.entrySet().stream()
                .min(Comparator.comparingLong(slot -> slot.getValue().usedAt().get()))
                .ifPresent(slot -> {
                    if (storage.slots.remove(slot.getKey(), slot.getValue())) {
                        counter.recordEvictions(1);
                    }
                });
    }

    @Override
    public void putAll(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
        Objects.requireNonNull(entries, "entries");
        begin("putAll", deadline);
        entries.forEach((key, entry) -> put(key, entry, deadline));
    }

    @Override
    public boolean remove(CacheKey key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        begin("remove", deadline);
        MapStorage.Slot slot = storage.slots.remove(key);
        boolean went = slot != null && !slot.isDamaged() && !slot.entry().isExpiredAt(clock.instant());
        counter.recordRemovals(went ? 1 : 0);
        return went;
    }

    @Override
    public long removeTagged(String tag, Deadline deadline) {
        Objects.requireNonNull(tag, "tag");
        begin("removeTagged", deadline);
        long count = storage.slots.entrySet().stream()
                .filter(slot -> carries(slot.getValue().entry(), tag))
                .filter(slot -> storage.slots.remove(slot.getKey(), slot.getValue()))
                .count();
        counter.recordRemovals(count);
        return count;
    }

    /** Returns whether {@link #removeTagged} takes the entry. */
    protected boolean carries(CacheEntry entry, String tag) {
        return entry.tags().contains(tag);
    }

    @Override
    public void clear(Deadline deadline) {
        begin("clear", deadline);
        storage.slots.clear();
    }

    @Override
    public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        Objects.requireNonNull(visitor, "visitor");
        begin("scan", deadline);
        for (CacheKey key : storage.slots.keySet()) {
            begin("scan", deadline);
            CacheEntry entry = find(key);
            if (entry != null) {
                visitor.accept(key, entry);
            }
        }
    }

    @Override
    public void flush(Deadline deadline) {
        begin("flush", deadline);
    }

    @Override
    public StoreStats stats() {
        return counter.snapshot(storage.slots.size(), 0);
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return EnumSet.allOf(StoreCapability.class);
    }

    @Override
    public void close() {
        closed = true;
    }
}
