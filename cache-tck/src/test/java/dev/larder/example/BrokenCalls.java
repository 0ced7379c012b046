package dev.larder.example;

import static dev.larder.example.BrokenStore.altering;
import static dev.larder.example.BrokenStore.copy;
import static dev.larder.example.BrokenStore.matching;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreCapability;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/** Stores that break a rule of reading, writing, expiry, tags or deadlines. */
final class BrokenCalls {
    static final List<BrokenStore> ALL = List.of(
            new BrokenStore(
                    "keeps old tags on overwrite",
                    "Tags",
                    "anOverwriteReplacesTheTags",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        protected void keep(CacheKey key, CacheEntry entry) {
                            MapStorage.Slot old = storage.slots.get(key);
                            Set<String> tags = new HashSet<>(entry.tags());
                            if (old != null) {
                                tags.addAll(old.entry().tags());
                            }
                            super.keep(key, copy(entry).tags(tags).build());
                        }
                    }),
            new BrokenStore(
                    "forgets tags on overwrite",
                    "Tags",
                    "anOverwriteReplacesTheTags",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        protected void keep(CacheKey key, CacheEntry entry) {
                            boolean overwrites = storage.slots.containsKey(key);
                            super.keep(
                                    key, overwrites ? copy(entry).tags(Set.of()).build() : entry);
                        }
                    }),
            new BrokenStore(
                    "matches tags by prefix",
                    "Tags",
                    "tagsAreNotMatchedByPrefixOrPattern",
                    matching(String::startsWith)),
            new BrokenStore(
                    "ignores the case of tags",
                    "Tags",
                    "tagsAreNotMatchedByPrefixOrPattern",
                    matching(String::equalsIgnoreCase)),
            new BrokenStore(
                    "serves at delete at",
                    "Expiry",
                    "anEntryIsAbsentFromDeleteAtOn",
                    (storage, clock, maxEntries) ->
                            new MapCacheStore(storage, () -> clock.instant().minusNanos(1), maxEntries)),
            new BrokenStore(
                    "keeps the old entry where the new one expired",
                    "Expiry",
                    "anEntryThatExpiredBeforeItWasPutErasesTheOneBefore",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        protected void keep(CacheKey key, CacheEntry entry) {
                            if (!entry.isExpiredAt(clock.instant())) {
                                super.keep(key, entry);
                            }
                        }
                    }),
            new BrokenStore(
                    "ends nothing at an instant that it has seen before",
                    "Expiry",
                    "aClockThatStepsBackFailsNoCallAndEndsTheEntryAgain",
                    TimerThatNeverGoesBack::new),
            new BrokenStore(
                    "keeps what has ended before it was put",
                    "Expiry",
                    "whatWasPutAfterItsEndIsNotThereWhenTheClockStepsBack",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        protected void keep(CacheKey key, CacheEntry entry) {
                            storage.slots.put(key, MapStorage.Slot.of(entry, storage.uses.incrementAndGet()));
                        }
                    }),
            new BrokenStore(
                    "ignores deadlines",
                    "Deadlines",
                    "aCallPastItsDeadlineTimesOut",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        protected void begin(String operation, Deadline deadline) {
                            super.begin(operation, deadline == null ? null : Deadline.never());
                        }
                    }),
            new BrokenStore(
                    "does late work later",
                    "Deadlines",
                    "aCallPastItsDeadlineHasNoEffect",
                    (storage, clock, maxEntries) -> {
                        Map<CacheKey, CacheEntry> queue = new ConcurrentHashMap<>();
                        return new MapCacheStore(storage, clock, maxEntries) {
                            @Override
                            public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
                                queue.put(key, entry);
                                super.put(key, entry, deadline);
                                queue.remove(key);
                            }

                            @Override
                            public void flush(Deadline deadline) {
                                super.flush(deadline);
                                queue.forEach(this::keep);
                            }
                        };
                    }),
            new BrokenStore(
                    "does not count timeouts",
                    "Deadlines",
                    "aCallPastItsDeadlineIsCountedAsFailed",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        protected void begin(String operation, Deadline deadline) {
                            super.begin(operation, deadline == null ? null : Deadline.never());
                            deadline.check(operation);
                        }
                    }),
            new BrokenStore(
                    "scans past the deadline",
                    "Deadlines",
                    "aScanEndsWhenItsDeadlinePasses",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
                            begin("scan", deadline);
                            super.scan(visitor, Deadline.never());
                        }
                    }),
            new BrokenStore(
                    "throws from put async",
                    "Deadlines",
                    "anAsynchronousPutPastItsDeadlineFailsItsStage",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        public CompletionStage<Void> putAsync(CacheKey key, CacheEntry entry, Deadline deadline) {
                            put(key, entry, deadline);
                            return CompletableFuture.completedFuture(null);
                        }
                    }),
            new BrokenStore(
                    "counts hits twice",
                    "Reading",
                    "everyKeyLookedUpIsAHitOrAMiss",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        public CacheEntry get(CacheKey key, Deadline deadline) {
                            CacheEntry entry = super.get(key, deadline);
                            if (entry != null) {
                                counter.recordLookup(true);
                            }
                            return entry;
                        }
                    }),
            // The same fault in a test that does not look for it: the invariants do.
            new BrokenStore(
                    "counts misses in scans",
                    "Reading",
                    "theVisitorOfAScanMayCallTheStore",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
                            super.scan(visitor, deadline);
                            counter.recordLookup(false);
                        }
                    }),
            new BrokenStore(
                    "truncates data",
                    "Reading",
                    "oneMebibyteComesBackWhole",
                    altering(entry -> copy(entry)
                            .data(Arrays.copyOf(entry.data(), Math.min(entry.data().length, 1 << 16)))
                            .build())),
            new BrokenStore(
                    "loses nanoseconds",
                    "Reading",
                    "instantsComeBackToTheNanosecond",
                    altering(entry -> copy(entry)
                            .storedAt(entry.storedAt().truncatedTo(ChronoUnit.MILLIS))
                            .build())),
            new BrokenStore(
                    "compares keys by their prefix",
                    "Reading",
                    "keysAreComparedWhole",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        private CacheKey prefixOf(CacheKey key) {
                            return CacheKey.of(Arrays.copyOf(Arrays.copyOf(key.bytes(), 8), CacheKey.LENGTH));
                        }

                        @Override
                        protected CacheEntry find(CacheKey key) {
                            return super.find(prefixOf(key));
                        }

                        @Override
                        protected void keep(CacheKey key, CacheEntry entry) {
                            super.keep(prefixOf(key), entry);
                        }
                    }),
            new BrokenStore(
                    "shows entries twice",
                    "Reading",
                    "aScanShowsEachEntryOnce",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
                            super.scan(visitor.andThen(visitor), deadline);
                        }
                    }),
            new BrokenStore(
                    "swallows exceptions of visitors",
                    "Reading",
                    "anExceptionOfTheVisitorEndsTheScanAndIsRethrown",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
                            Map<CacheKey, CacheEntry> seen = new LinkedHashMap<>();
                            super.scan(seen::put, deadline);
                            Objects.requireNonNull(visitor);
                            try {
                                seen.forEach(visitor);
                            } catch (UnsupportedOperationException e) {
                                seen.clear();
                            }
                        }
                    }),
            new BrokenStore(
                    "counts scans as hits",
                    "Reading",
                    "aScanCountsNeitherHitsNorMisses",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
                            super.scan(visitor.andThen((key, entry) -> get(key, deadline)), deadline);
                        }
                    }),
            new BrokenStore(
                    "takes null for absent",
                    "Reading",
                    "nullArgumentsAreRefused",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        public CacheEntry get(CacheKey key, Deadline deadline) {
                            return key == null ? null : super.get(key, deadline);
                        }
                    }),
            new BrokenStore(
                    "announces too little",
                    "Reading",
                    "theStoreCanDoWhatItsFixtureSays",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        public Set<StoreCapability> capabilities() {
                            return EnumSet.of(StoreCapability.BOUNDED);
                        }
                    }),
            new BrokenStore(
                    "puts half of put all",
                    "Writing",
                    "putAllKeepsEveryEntry",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        public void putAll(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
                            Map<CacheKey, CacheEntry> half = new LinkedHashMap<>();
                            entries.entrySet().stream()
                                    .limit((entries.size() + 1) / 2)
                                    .forEach(entry -> half.put(entry.getKey(), entry.getValue()));
                            super.putAll(half, deadline);
                            counter.recordPuts(entries.size() - half.size());
                        }
                    }),
            new BrokenStore(
                    "always removes",
                    "Writing",
                    "removeSaysWhetherThereWasAnEntry",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        public boolean remove(CacheKey key, Deadline deadline) {
                            super.remove(key, deadline);
                            return true;
                        }
                    }),
            new BrokenStore(
                    "completes stages before the put",
                    "Writing",
                    "anAsynchronousPutIsVisibleOnceItsStageCompletes",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        public CompletionStage<Void> putAsync(CacheKey key, CacheEntry entry, Deadline deadline) {
                            begin("putAsync", deadline);
                            counter.recordPuts(1);
                            return CompletableFuture.completedFuture(null);
                        }
                    }),
            new BrokenStore(
                    "waits although immediate",
                    "Writing",
                    "anImmediateStoreNeverWaits",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        @Override
                        protected void keep(CacheKey key, CacheEntry entry) {
                            LockSupport.parkNanos(1);
                            super.keep(key, entry);
                        }
                    }),
            new BrokenStore(
                    "resurrects after remove", "Writing", "aRemovedEntryIsAbsent", (storage, clock, maxEntries) -> {
                        Map<CacheKey, CacheEntry> promotions = new ConcurrentHashMap<>();
                        return new MapCacheStore(storage, clock, maxEntries) {
                            @Override
                            public boolean remove(CacheKey key, Deadline deadline) {
                                MapStorage.Slot slot = storage.slots.get(Objects.requireNonNull(key));
                                boolean went = super.remove(key, deadline);
                                if (slot != null) {
                                    promotions.put(key, slot.entry());
                                }
                                return went;
                            }

                            @Override
                            protected CacheEntry find(CacheKey key) {
                                CacheEntry promoted = promotions.remove(key);
                                if (promoted != null) {
                                    keep(key, promoted);
                                }
                                return super.find(key);
                            }
                        };
                    }));

    private BrokenCalls() {}

    /** Erases what has ended whenever the clock goes on, and leaves it to that: no entry is looked at by itself. */
    private static final class TimerThatNeverGoesBack extends MapCacheStore {
        private final InstantSource timer;
        // Guarded by this.
        private Instant latest = Instant.MIN;

        TimerThatNeverGoesBack(MapStorage storage, InstantSource timer, long maxEntries) {
            super(storage, () -> Instant.MIN, maxEntries);
            this.timer = timer;
        }

        @Override
        protected synchronized void begin(String operation, Deadline deadline) {
            super.begin(operation, deadline);
            Instant now = timer.instant();
            if (now.isAfter(latest)) {
                latest = now;
                storage.slots.values().removeIf(slot -> slot.entry().isExpiredAt(now));
            }
        }

        @Override
        protected void keep(CacheKey key, CacheEntry entry) {
            if (entry.isExpiredAt(timer.instant())) {
                storage.slots.remove(key);
            } else {
                super.keep(key, entry);
            }
        }
    }
}
