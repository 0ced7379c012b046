package dev.larder.example;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.StoreStats;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/** Stores that break one rule each, and the test of the kit that must say so. */
enum BrokenStore {
    KEEPS_OLD_TAGS_ON_OVERWRITE("Tags", "anOverwriteReplacesTheTags") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                protected void keep(CacheKey key, CacheEntry entry) {
                    MapStorage.Slot old = storage.slots.get(key);
                    Set<String> tags = new HashSet<>(entry.tags());
                    if (old != null) {
                        tags.addAll(old.entry().tags());
                    }
                    super.keep(key, copy(entry).tags(tags).build());
                }
            };
        }
    },
    FORGETS_TAGS_ON_OVERWRITE("Tags", "anOverwriteReplacesTheTags") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                protected void keep(CacheKey key, CacheEntry entry) {
                    boolean overwrites = storage.slots.containsKey(key);
                    super.keep(key, overwrites ? copy(entry).tags(Set.of()).build() : entry);
                }
            };
        }
    },
    MATCHES_TAGS_BY_PREFIX("Tags", "tagsAreNotMatchedByPrefixOrPattern") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                protected boolean carries(CacheEntry entry, String tag) {
                    return entry.tags().stream().anyMatch(carried -> carried.startsWith(tag));
                }
            };
        }
    },
    IGNORES_THE_CASE_OF_TAGS("Tags", "tagsAreNotMatchedByPrefixOrPattern") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                protected boolean carries(CacheEntry entry, String tag) {
                    return entry.tags().stream().anyMatch(tag::equalsIgnoreCase);
                }
            };
        }
    },
    SERVES_AT_DELETE_AT("Expiry", "anEntryIsAbsentFromDeleteAtOn") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, () -> clock.instant().minusNanos(1), maxEntries);
        }
    },
    KEEPS_THE_OLD_ENTRY_WHERE_THE_NEW_ONE_EXPIRED("Expiry", "anEntryThatExpiredBeforeItWasPutErasesTheOneBefore") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                protected void keep(CacheKey key, CacheEntry entry) {
                    if (!entry.isExpiredAt(clock.instant())) {
                        super.keep(key, entry);
                    }
                }
            };
        }
    },
    IGNORES_DEADLINES("Deadlines", "aCallPastItsDeadlineTimesOut") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                protected void begin(String operation, Deadline deadline) {
                    super.begin(operation, deadline == null ? null : Deadline.never());
                }
            };
        }
    },
    DOES_LATE_WORK_LATER("Deadlines", "aCallPastItsDeadlineHasNoEffect") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
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
        }
    },
    DOES_NOT_COUNT_TIMEOUTS("Deadlines", "aCallPastItsDeadlineIsCountedAsFailed") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                protected void begin(String operation, Deadline deadline) {
                    super.begin(operation, deadline == null ? null : Deadline.never());
                    deadline.check(operation);
                }
            };
        }
    },
    SCANS_PAST_THE_DEADLINE("Deadlines", "aScanEndsWhenItsDeadlinePasses") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
                    begin("scan", deadline);
                    super.scan(visitor, Deadline.never());
                }
            };
        }
    },
    THROWS_FROM_PUT_ASYNC("Deadlines", "anAsynchronousPutPastItsDeadlineFailsItsStage") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                public CompletionStage<Void> putAsync(CacheKey key, CacheEntry entry, Deadline deadline) {
                    put(key, entry, deadline);
                    return CompletableFuture.completedFuture(null);
                }
            };
        }
    },
    COUNTS_HITS_TWICE("Reading", "everyKeyLookedUpIsAHitOrAMiss") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                public CacheEntry get(CacheKey key, Deadline deadline) {
                    CacheEntry entry = super.get(key, deadline);
                    if (entry != null) {
                        counter.recordLookup(true);
                    }
                    return entry;
                }
            };
        }
    },
    // The same fault in a test that does not look for it: the invariants do.
    COUNTS_MISSES_IN_SCANS("Reading", "theVisitorOfAScanMayCallTheStore") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
                    super.scan(visitor, deadline);
                    counter.recordLookup(false);
                }
            };
        }
    },
    TRUNCATES_DATA("Reading", "oneMebibyteComesBackWhole") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                protected void keep(CacheKey key, CacheEntry entry) {
                    byte[] data = Arrays.copyOf(entry.data(), Math.min(entry.data().length, 1 << 16));
                    super.keep(key, copy(entry).data(data).build());
                }
            };
        }
    },
    LOSES_NANOSECONDS("Reading", "instantsComeBackToTheNanosecond") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                protected void keep(CacheKey key, CacheEntry entry) {
                    Instant storedAt = entry.storedAt().truncatedTo(ChronoUnit.MILLIS);
                    super.keep(key, copy(entry).storedAt(storedAt).build());
                }
            };
        }
    },
    COMPARES_KEYS_BY_THEIR_PREFIX("Reading", "keysAreComparedWhole") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
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
            };
        }
    },
    SHOWS_ENTRIES_TWICE("Reading", "aScanShowsEachEntryOnce") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
                    super.scan(visitor.andThen(visitor), deadline);
                }
            };
        }
    },
    SWALLOWS_EXCEPTIONS_OF_VISITORS("Reading", "anExceptionOfTheVisitorEndsTheScanAndIsRethrown") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
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
            };
        }
    },
    COUNTS_SCANS_AS_HITS("Reading", "aScanCountsNeitherHitsNorMisses") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
                    super.scan(visitor.andThen((key, entry) -> get(key, deadline)), deadline);
                }
            };
        }
    },
    TAKES_NULL_FOR_ABSENT("Reading", "nullArgumentsAreRefused") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                public CacheEntry get(CacheKey key, Deadline deadline) {
                    return key == null ? null : super.get(key, deadline);
                }
            };
        }
    },
    ANNOUNCES_TOO_LITTLE("Reading", "theStoreCanDoWhatItsFixtureSays") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                public Set<StoreCapability> capabilities() {
                    return EnumSet.of(StoreCapability.BOUNDED);
                }
            };
        }
    },
    PUTS_HALF_OF_PUT_ALL("Writing", "putAllKeepsEveryEntry") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                public void putAll(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
                    Map<CacheKey, CacheEntry> half = new LinkedHashMap<>();
                    entries.entrySet().stream()
                            .limit((entries.size() + 1) / 2)
                            .forEach(entry -> half.put(entry.getKey(), entry.getValue()));
                    super.putAll(half, deadline);
                    counter.recordPuts(entries.size() - half.size());
                }
            };
        }
    },
    ALWAYS_REMOVES("Writing", "removeSaysWhetherThereWasAnEntry") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                public boolean remove(CacheKey key, Deadline deadline) {
                    super.remove(key, deadline);
                    return true;
                }
            };
        }
    },
    COMPLETES_STAGES_BEFORE_THE_PUT("Writing", "anAsynchronousPutIsVisibleOnceItsStageCompletes") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                public CompletionStage<Void> putAsync(CacheKey key, CacheEntry entry, Deadline deadline) {
                    begin("putAsync", deadline);
                    counter.recordPuts(1);
                    return CompletableFuture.completedFuture(null);
                }
            };
        }
    },
    WAITS_ALTHOUGH_IMMEDIATE("Writing", "anImmediateStoreNeverWaits") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                protected void keep(CacheKey key, CacheEntry entry) {
                    LockSupport.parkNanos(1);
                    super.keep(key, entry);
                }
            };
        }
    },
    RESURRECTS_AFTER_REMOVE("Writing", "aRemovedEntryIsAbsent") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
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
        }
    },
    IGNORES_ITS_BOUND("Bounds", "tenTimesTheBoundLeavesNoMoreThanTheBound") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, Long.MAX_VALUE);
        }
    },
    EVICTS_WHAT_IS_READ_MOST("Bounds", "theMostRecentlyReadEntriesStay") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                protected CacheEntry find(CacheKey key) {
                    CacheEntry entry = super.find(key);
                    MapStorage.Slot slot = storage.slots.get(key);
                    if (slot != null) {
                        slot.usedAt().set(0);
                    }
                    return entry;
                }
            };
        }
    },
    DOES_NOT_COUNT_EVICTIONS("Bounds", "evictionsAreCounted") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                public StoreStats stats() {
                    StoreStats s = super.stats();
                    return new StoreStats(
                            s.hits(), s.misses(), s.puts(), s.removals(), 0, s.corrupt(), s.failures(), s.entries(), 0);
                }
            };
        }
    },
    FORGETS_EVERYTHING_ON_CLOSE("Reopening", "entriesSurvive") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(new MapStorage(), clock, maxEntries);
        }
    },
    REMOVES_IN_MEMORY_ONLY("Reopening", "whatWasRemovedStaysRemoved") {
        @Override
        CacheStore open(MapStorage disk, InstantSource clock, long maxEntries) {
            MapStorage memory = new MapStorage();
            memory.slots.putAll(disk.slots);
            return new MapCacheStore(memory, clock, maxEntries) {
                @Override
                protected void keep(CacheKey key, CacheEntry entry) {
                    super.keep(key, entry);
                    disk.slots.put(key, MapStorage.Slot.of(entry, 0));
                }
            };
        }
    },
    WORKS_AFTER_CLOSE("Closing", "aCallAfterCloseThrowsIllegalState") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                public void close() {
                    flush(Deadline.never());
                }
            };
        }
    },
    CANNOT_BE_CLOSED_TWICE("Closing", "closingTwiceIsFine") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                public void close() {
                    flush(Deadline.never());
                    super.close();
                }
            };
        }
    },
    LEAKS_A_THREAD("Closing", "statsAndCapabilitiesCanBeReadAfterClose") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            Thread thread = new Thread(LockSupport::park, "leaked");
            thread.setDaemon(true);
            thread.start();
            return new MapCacheStore(storage, clock, maxEntries);
        }
    },
    SERVES_DAMAGED_ENTRIES("Faults", "aDamagedEntryIsAbsent") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            storage.slots.replaceAll((key, slot) -> MapStorage.Slot.of(slot.entry(), 0));
            return new MapCacheStore(storage, clock, maxEntries);
        }
    },
    COUNTS_DAMAGE_AGAIN_AND_AGAIN("Faults", "aDamagedEntryIsCountedOnceAndErased") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                protected CacheEntry find(CacheKey key) {
                    MapStorage.Slot slot = storage.slots.get(key);
                    if (slot != null && slot.isDamaged()) {
                        counter.recordCorrupt();
                        return null;
                    }
                    return super.find(key);
                }
            };
        }
    },
    MIXES_TWO_PUTS("Concurrency", "everyEntryReadIsOneThatWasPut") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
            return new MapCacheStore(storage, clock, maxEntries) {
                @Override
                protected void keep(CacheKey key, CacheEntry entry) {
                    MapStorage.Slot old = storage.slots.get(key);
                    if (old != null) {
                        super.keep(key, copy(entry).data(old.entry().data()).build());
                        LockSupport.parkNanos(1);
                    }
                    super.keep(key, entry);
                }
            };
        }
    },
    DOES_NOT_SEE_OTHER_STORES("Concurrency", "twoStoresOnOneStorageSeeEachOther") {
        @Override
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries) {
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
        }
    };

    private final String group;
    private final String test;

    BrokenStore(String group, String test) {
        this.group = group;
        this.test = test;
    }

    abstract CacheStore open(MapStorage storage, InstantSource clock, long maxEntries);

    String group() {
        return group;
    }

    String test() {
        return test;
    }

    private static CacheEntry.Builder copy(CacheEntry entry) {
        return CacheEntry.newBuilder()
                .metadata(entry.metadata())
                .data(entry.data())
                .storedAt(entry.storedAt())
                .deleteAt(entry.deleteAt())
                .tags(entry.tags());
    }
}
