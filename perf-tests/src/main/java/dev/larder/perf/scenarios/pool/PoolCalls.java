package dev.larder.perf.scenarios.pool;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.perf.suite.Call;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.Site;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The calls of this scenario, on entries with these numbers, and what became of impatient ones. */
final class PoolCalls {
    /** How many entries all share. */
    static final int SHARED = 512;

    private static final Duration IMPATIENCE = Duration.ofMillis(1);

    private final Site site;
    private final Map<CacheKey, Long> shared = new LinkedHashMap<>();
    private final LongAdder timedOut = new LongAdder();
    private final AtomicLong longestOverdue = new AtomicLong();
    private final Set<Long> given = ConcurrentHashMap.newKeySet();
    private final Set<Long> givenUp = ConcurrentHashMap.newKeySet();

    PoolCalls(Site site) {
        this.site = site;
        for (long number = 0; number < SHARED; number++) {
            shared.put(site.key(number), number);
        }
    }

    /** Reads all that is shared, and returns what of it is there. */
    Map<CacheKey, CacheEntry> readAll() {
        return site.store().getAll(shared.keySet(), Site.soon());
    }

    /** A get, with all the time in the world. */
    Call get(long number) {
        return new Call() {
            private @Nullable CacheEntry found;

            @Override
            public void make() {
                found = site.kept(number);
            }

            @Override
            public int lookedFor() {
                return 1;
            }

            @Override
            public int found() {
                return found == null ? 0 : 1;
            }

            @Override
            public @Nullable String fault() {
                return site.faultOfKept(number, found);
            }
        };
    }

    /**
     * Reads everything again and again until that is so, with all the time in the world.
     *
     * @param round is run each time
     */
    Call readUntil(BooleanSupplier ended, Runnable round) {
        return new Call() {
            private @Nullable String fault;

            @Override
            public void make() {
                do {
                    Map<CacheKey, CacheEntry> found = readAll();
                    shared.forEach((key, number) -> {
                        String wrong = site.faultOfKept(number, found.get(key));
                        fault = fault == null ? wrong : fault;
                    });
                    round.run();
                } while (!ended.getAsBoolean());
            }

            @Override
            public @Nullable String fault() {
                return fault;
            }
        };
    }

    /**
     * Writes a lot again and again until that is so, with all the time in the world.
     *
     * @param round is run each time
     */
    Call writeUntil(long first, int count, BooleanSupplier ended, Runnable round) {
        return new Call() {
            @Override
            public void make() {
                long version = 0;
                do {
                    site.store().putAll(site.entries(first, count, version++), Site.soon());
                    round.run();
                } while (!ended.getAsBoolean());
            }

            @Override
            public @Nullable String fault() {
                return site.faultOfKept(first + count - 1);
            }
        };
    }

    /** A get with hardly any time: it finds the entry or runs out of it, and nothing else. */
    Call impatientGet(long number) {
        return new Call() {
            private @Nullable CacheEntry found;
            private boolean late;

            @Override
            public void make() {
                late = !inTime(deadline -> found = site.store().get(site.key(number), deadline));
            }

            @Override
            public @Nullable String fault() {
                return late ? null : site.faultOfKept(number, found);
            }
        };
    }

    /** A put with hardly any time, of a number that nobody else writes. */
    Call impatientPut(long number) {
        return new Call() {
            @Override
            public void make() {
                boolean put = inTime(deadline -> site.store().put(site.key(number), Entries.of(number, 0), deadline));
                (put ? given : givenUp).add(number);
            }

            @Override
            public @Nullable String fault() {
                return given.contains(number) ? site.faultOfKept(number) : null;
            }
        };
    }

    private interface Attempt {
        void make(Deadline deadline);
    }

    private boolean inTime(Attempt attempt) {
        long began = System.nanoTime();
        try {
            attempt.make(Deadline.after(IMPATIENCE));
            return true;
        } catch (CacheStoreException e) {
            if (e.kind() != CacheStoreException.Kind.TIMEOUT) {
                throw e;
            }
            timedOut.increment();
            long overdue = System.nanoTime() - began - IMPATIENCE.toNanos();
            longestOverdue.accumulateAndGet(overdue, Math::max);
            return false;
        }
    }

    /** Returns how many impatient calls have run out of time since this was asked last. */
    long timedOut() {
        return timedOut.sumThenReset();
    }

    /** Returns how long after its deadline the latest of them came back. */
    long longestOverdueNanos() {
        return longestOverdue.get();
    }

    /** Returns the numbers of puts that have run out of time. */
    Set<Long> givenUp() {
        return Set.copyOf(givenUp);
    }
}
