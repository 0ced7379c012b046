package dev.larder.cache.sqlite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who was used when: noted in memory by readers, written by the writer now and then.
 *
 * <p>Time here is logical: each use is later than the one before, also while the wall clock stands still or steps
 * back, but for uses within one millisecond of a clock that goes on. It stays near the microseconds since 1970, so
 * that processes which share a file agree about it roughly.
 *
 * <p>Notes are kept by key prefix rather than row, because a put that waits in the queue can be read but has no row
 * yet. They lie in two arrays of longs, {@link #WAYS} for each of {@link #SETS} sets, of which a new note takes the
 * oldest: about as exact as a map, and a note costs a reader some 30 nanoseconds where a concurrent map, which boxes
 * both, cost 300. Two readers who note in the same place at the same instant may leave the key of one with the time of
 * the other, which are alike. A lost note costs an entry some of its age, waiting would cost a reader its time.
 *
 * <p>A note stays when it has been written, so that eviction can ask about it without asking the file.
 */
final class Recency {
    private static final int WAYS = 4;
    private static final int SETS = 1 << 15;

    private static final long ROUGH_MICROS = 1_000;

    /** Shifted out of a time to make room for {@link #UNWRITTEN}. */
    private static final int TIME_SHIFT = 1;

    private static final long UNWRITTEN = 1;

    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    private final InstantSource clock;
    private final AtomicLong last;
    private final long[] prefixes = new long[SETS * WAYS];
    // 0 where nothing is noted.
    private final long[] times = new long[SETS * WAYS];
    // False only if everything has been written; read far more often than it changes.
    private volatile boolean unwritten;
    // The writer's own: where it goes on looking for what is unwritten.
    private int cursor;

    Recency(InstantSource clock, long last) {
        this.clock = clock;
        this.last = new AtomicLong(last);
    }

    /** Takes what was noted to the file. */
    interface Visitor<E extends Exception> {
        void use(long prefix, long usedAt) throws E;
    }

    /** Returns the time of a use that happens now. */
    long tick() {
        return tick(Times.micros(clock.instant()));
    }

    /**
     * Returns the time of a use that happens now, where it need not be told from one on another processor within the
     * same millisecond: so that processors do not pass the last time to and fro with each use.
     */
    private long roughTick(long now) {
        long ahead = now - last.get();
        return ahead > 0 && ahead < ROUGH_MICROS ? now : tick(now);
    }

    private long tick(long now) {
        while (true) {
            long before = last.get();
            long next = Math.max(before + 1, now);
            if (last.compareAndSet(before, next)) {
                return next;
            }
        }
    }

    /** Notes a use that happens now, which is {@code instant} by the store's clock. */
    void note(long prefix, Instant instant) {
        put(prefix, roughTick(Times.micros(instant)) << TIME_SHIFT | UNWRITTEN);
        if (!unwritten) {
            unwritten = true;
        }
    }

    private void put(long prefix, long time) {
        int first = firstOf(prefix);
        int oldest = first;
        long oldestTime = Long.MAX_VALUE;
        for (int at = first; at < first + WAYS; at++) {
            long other = (long) LONGS.getOpaque(times, at);
            if (other != 0 && (long) LONGS.getOpaque(prefixes, at) == prefix) {
                LONGS.setOpaque(times, at, time);
                return;
            }
            if (other < oldestTime) {
                oldest = at;
                oldestTime = other;
            }
        }
        LONGS.setOpaque(prefixes, oldest, prefix);
        LONGS.setOpaque(times, oldest, time);
    }

    /** Returns when the key was used last as far as is known here, or 0. */
    long usedAt(long prefix) {
        int first = firstOf(prefix);
        for (int at = first; at < first + WAYS; at++) {
            long time = (long) LONGS.getOpaque(times, at);
            if (time != 0 && (long) LONGS.getOpaque(prefixes, at) == prefix) {
                return time >>> TIME_SHIFT;
            }
        }
        return 0;
    }

    /**
     * Visits up to {@code limit} notes that have not been written since they were made, and takes them for written.
     * For the writer.
     *
     * @return how many there were; fewer than {@code limit} only if every note has been looked at
     */
    <E extends Exception> int write(int limit, Visitor<E> visitor) throws E {
        unwritten = false;
        int written = 0;
        for (int looked = 0; looked < times.length && written < limit; looked++) {
            int at = cursor;
            cursor = (cursor + 1) & (times.length - 1);
            long time = (long) LONGS.getOpaque(times, at);
            if ((time & UNWRITTEN) != 0) {
                long prefix = (long) LONGS.getOpaque(prefixes, at);
                // Whoever notes a later use meanwhile wins.
                LONGS.compareAndSet(times, at, time, time & ~UNWRITTEN);
                visitor.use(prefix, time >>> TIME_SHIFT);
                written++;
            }
        }
        if (written == limit) {
            unwritten = true;
        }
        return written;
    }

    /** Returns whether there may be something to write. */
    boolean hasUnwritten() {
        return unwritten;
    }

    private static int firstOf(long prefix) {
        // Keys are digests, but nobody has to make them so.
        long mixed = prefix * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> (Long.SIZE - 15)) * WAYS;
    }
}
