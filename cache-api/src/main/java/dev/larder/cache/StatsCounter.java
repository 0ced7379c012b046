package dev.larder.cache;

import java.util.concurrent.atomic.LongAdder;

/** Counts for a store what {@link StoreStats} reports. May be used by any number of threads without a lock. */
public final class StatsCounter {
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder removals = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final LongAdder corrupt = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /** Makes a counter that stands at zero. */
    public StatsCounter() {}

    /** Counts one key looked up: a hit if it was found, else a miss. */
    public void recordLookup(boolean found) {
        (found ? hits : misses).increment();
    }

    /** Counts {@code count} entries accepted. */
    public void recordPuts(long count) {
        puts.add(count);
    }

    /** Counts {@code count} entries erased by a caller. */
    public void recordRemovals(long count) {
        removals.add(count);
    }

    /** Counts {@code count} entries erased or refused to stay within bounds. */
    public void recordEvictions(long count) {
        evictions.add(count);
    }

    /** Counts one damaged entry met and erased. */
    public void recordCorrupt() {
        corrupt.increment();
    }

    /** Counts one call or accepted write that failed. */
    public void recordFailure() {
        failures.increment();
    }

    /** Returns what was counted, beside the size of the store as its owner knows it. */
    public StoreStats snapshot(long entries, long bytes) {
        return new StoreStats(
                hits.sum(),
                misses.sum(),
                puts.sum(),
                removals.sum(),
                evictions.sum(),
                corrupt.sum(),
                failures.sum(),
                entries,
                bytes);
    }
}
