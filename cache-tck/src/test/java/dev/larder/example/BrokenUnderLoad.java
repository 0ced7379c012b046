package dev.larder.example;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Stores that do well with a few calls, one at a time, and not with more. */
final class BrokenUnderLoad {
    static final List<BrokenStore> ALL = List.of(
            new BrokenStore(
                    "loses a write in fifty",
                    "Load",
                    "aHundredWritesOneAfterTheOther",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        private final AtomicInteger writes = new AtomicInteger();

                        @Override
                        protected void keep(CacheKey key, CacheEntry entry) {
                            if (writes.incrementAndGet() % 50 != 0) {
                                super.keep(key, entry);
                            }
                        }
                    }),
            new BrokenStore("lets one writer in", "Load", "twentyWritersAtOnce", OneWriter::new),
            new BrokenStore(
                    "misses a read in fifty",
                    "Load",
                    "aHundredReadsOneAfterTheOther",
                    (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
                        private final AtomicInteger reads = new AtomicInteger();

                        @Override
                        protected CacheEntry find(CacheKey key) {
                            return reads.incrementAndGet() % 50 == 0 ? null : super.find(key);
                        }
                    }),
            new BrokenStore(
                    "shows nothing while it is overwritten", "Load", "writersAndReadersMixed", GapOnOverwrite::new),
            new BrokenStore("collapses at 32 callers", "Load", "aHundredUsersAtOnce", ThirtyTwoCallers::new));

    private BrokenUnderLoad() {}

    /** Stays in a call until somebody else has come to suffer from it: then it is certain, whatever the machine does. */
    private static void stayUntil(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends every further writer away. */
    private static final class OneWriter extends MapCacheStore {
        private final AtomicInteger writers = new AtomicInteger();
        private final CountDownLatch second = new CountDownLatch(1);

        OneWriter(MapStorage storage, InstantSource clock, long maxEntries) {
            super(storage, clock, maxEntries);
        }

        @Override
        public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
            try {
                if (writers.incrementAndGet() > 1) {
                    second.countDown();
                    throw new CacheStoreException(Kind.BUSY, "database is locked");
                }
                stayUntil(second);
                super.put(key, entry, deadline);
            } finally {
                writers.decrementAndGet();
            }
        }
    }

    /** Erases first and writes then. */
    private static final class GapOnOverwrite extends MapCacheStore {
        private final CountDownLatch reader = new CountDownLatch(1);

        GapOnOverwrite(MapStorage storage, InstantSource clock, long maxEntries) {
            super(storage, clock, maxEntries);
        }

        @Override
        protected void keep(CacheKey key, CacheEntry entry) {
            if (storage.slots.remove(key) != null) {
                stayUntil(reader);
            }
            super.keep(key, entry);
        }

        @Override
        protected CacheEntry find(CacheKey key) {
            CacheEntry entry = super.find(key);
            if (entry == null) {
                reader.countDown();
            }
            return entry;
        }
    }

    /** Has connections for so many, and nobody waits for one. */
    private static final class ThirtyTwoCallers extends MapCacheStore {
        private final AtomicInteger callers = new AtomicInteger();
        private final CountDownLatch oneMore = new CountDownLatch(1);

        ThirtyTwoCallers(MapStorage storage, InstantSource clock, long maxEntries) {
            super(storage, clock, maxEntries);
        }

        @Override
        public CacheEntry get(CacheKey key, Deadline deadline) {
            try {
                if (callers.incrementAndGet() > 32) {
                    oneMore.countDown();
                    throw new CacheStoreException(Kind.BUSY, "no connection is free");
                }
                stayUntil(oneMore);
                return super.get(key, deadline);
            } finally {
                callers.decrementAndGet();
            }
        }
    }
}
