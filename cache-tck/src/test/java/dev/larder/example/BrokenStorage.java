package dev.larder.example;

import static dev.larder.example.BrokenStore.copy;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreStats;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Stores that break a rule of bounds, reopening, closing, faults or concurrency. */
final class BrokenStorage {
    static final List<BrokenStore> ALL = List.of(
            new BrokenStore(
                    "ignores its bound",
                    "Bounds",
                    "tenTimesTheBoundLeavesNoMoreThanTheBound",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, Long.MAX_VALUE)),
            new BrokenStore(
                    "evicts what is read most",
                    "Bounds",
                    "theMostRecentlyReadEntriesStay",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        protected CacheEntry find(CacheKey key) {
                            CacheEntry entry = super.find(key);
                            MapStorage.Slot slot = storage.slots.get(key);
                            if (slot != null) {
                                slot.usedAt().set(0);
                            }
                            return entry;
                        }
                    }),
            new BrokenStore(
                    "does not count evictions",
                    "Bounds",
                    "evictionsAreCounted",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        public StoreStats stats() {
                            StoreStats s = super.stats();
                            return new StoreStats(
                                    s.hits(),
                                    s.misses(),
                                    s.puts(),
                                    s.removals(),
                                    0,
                                    s.corrupt(),
                                    s.failures(),
                                    s.entries(),
                                    0);
                        }
                    }),
            new BrokenStore(
                    "forgets everything on close",
                    "Reopening",
                    "entriesSurvive",
                    (storage, clock, maxEntries) -> new MapCacheStore(new MapStorage(), clock, maxEntries)),
            new BrokenStore(
                    "removes in memory only", "Reopening", "whatWasRemovedStaysRemoved", (disk, clock, maxEntries) -> {
                        MapStorage memory = new MapStorage();
                        memory.slots.putAll(disk.slots);
                        return new MapCacheStore(memory, clock, maxEntries) {
                            @Override
                            protected void keep(CacheKey key, CacheEntry entry) {
                                super.keep(key, entry);
                                disk.slots.put(key, MapStorage.Slot.of(entry, 0));
                            }
                        };
                    }),
            new BrokenStore(
                    "works after close",
                    "Closing",
                    "aCallAfterCloseThrowsIllegalState",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        public void close() {
                            flush(Deadline.never());
                        }
                    }),
            new BrokenStore(
                    "cannot be closed twice",
                    "Closing",
                    "closingTwiceIsFine",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        public void close() {
                            flush(Deadline.never());
                            super.close();
                        }
                    }),
            new BrokenStore(
                    "leaks a thread",
                    "Closing",
                    "statsAndCapabilitiesCanBeReadAfterClose",
                    (storage, clock, maxEntries) -> {
                        Thread thread = new Thread(LockSupport::park, "leaked");
                        thread.setDaemon(true);
                        thread.start();
                        return new MapCacheStore(storage, clock, maxEntries);
                    }),
            new BrokenStore(
                    "serves damaged entries", "Faults", "aDamagedEntryIsAbsent", (storage, clock, maxEntries) -> {
                        storage.slots.replaceAll((key, slot) -> MapStorage.Slot.of(slot.entry(), 0));
                        return new MapCacheStore(storage, clock, maxEntries);
                    }),
            new BrokenStore(
                    "counts damage again and again",
                    "Faults",
                    "aDamagedEntryIsCountedOnceAndErased",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        protected CacheEntry find(CacheKey key) {
                            MapStorage.Slot slot = storage.slots.get(key);
                            if (slot != null && slot.isDamaged()) {
                                counter.recordCorrupt();
                                return null;
                            }
                            return super.find(key);
                        }
                    }),
            new BrokenStore(
                    "mixes two puts",
                    "Concurrency",
                    "everyEntryReadIsOneThatWasPut",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        protected void keep(CacheKey key, CacheEntry entry) {
                            MapStorage.Slot old = storage.slots.get(key);
                            if (old != null) {
                                super.keep(
                                        key,
                                        copy(entry).data(old.entry().data()).build());
                                LockSupport.parkNanos(1);
                            }
                            super.keep(key, entry);
                        }
                    }),
            new BrokenStore(
                    "does not see other stores",
                    "Concurrency",
                    "twoStoresOnOneStorageSeeEachOther",
                    (storage, clock, maxEntries) -> {
                        Map<CacheKey, CacheEntry> near = new ConcurrentHashMap<>();
                        return new MapCacheStore(storage, clock, maxEntries) {
                            @Override
                            protected CacheEntry find(CacheKey key) {
                                CacheEntry entry = near.get(key);
                                return entry == null ? super.find(key) : entry;
                            }

                            @Override
                            protected void keep(CacheKey key, CacheEntry entry) {
                                super.keep(key, entry);
                                near.put(key, entry);
                            }
                        };
                    }));

    private BrokenStorage() {}
}
