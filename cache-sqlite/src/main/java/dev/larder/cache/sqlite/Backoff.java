package dev.larder.cache.sqlite;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Pauses between attempts: twice as long each time up to a limit, and never for as long as others do. */
final class Backoff {
    private static final long FIRST_NANOS = 500_000;
    private static final long LEAST_NANOS = 1_000_000;
    private static final long LONGEST_NANOS = 50_000_000;

    private long nanos = FIRST_NANOS;

    /** Waits, though no longer than {@code mostNanos}, and a little in any case: not to wait at all would be to spin. */
    void pause(long mostNanos) {
        long jittered = nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2);
        nanos = Math.min(LONGEST_NANOS, nanos * 2);
        LockSupport.parkNanos(Math.max(LEAST_NANOS, Math.min(jittered, mostNanos)));
    }
}
