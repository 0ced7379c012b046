package dev.larder.cache.memory;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Translates between instants, which retention is measured by, and the ticks of the cache's timer.
 *
 * <p>A tick is a nanosecond since the store was opened, in steps of a millisecond: {@link InstantSource#millis()} makes
 * no garbage on the read path. The range of ticks ends 36 years on either side of the opening, where the clock stands
 * still for the timer and entries are kept until something else removes them. So the timer is never early, and late by
 * a millisecond or, beyond its range, for ever: it frees memory, and {@link #isExpired} decides what may be served.
 */
final class RetentionClock implements Ticker {
    private static final long NANOS_PER_MILLI = 1_000_000;
    // Far enough inside the timer's own limit of 2^62 that the difference of any two ticks fits as well.
    private static final long RANGE_MILLIS = (1L << 60) / NANOS_PER_MILLI;
    private static final long FARTHEST_OPENING_MILLIS = Long.MAX_VALUE - RANGE_MILLIS;

    private final InstantSource clock;
    private final long openedAtMillis;
    // As of the last look at the clock. The cache asks for it on every call, and a look takes longer than a lookup.
    private volatile long tick;

    RetentionClock(InstantSource clock) {
        this.clock = clock;
        this.openedAtMillis = clamp(millis(), -FARTHEST_OPENING_MILLIS, FARTHEST_OPENING_MILLIS);
    }

    /** Returns the tick of the last {@link #look()}, rounded down. */
    @Override
    public long read() {
        return tick;
    }

    /** Looks at the clock, which moves the timer on. Whatever is done with the cache begins with this. */
    long look() {
        long millis = millis();
        long now = tick(millis);
        // Once a millisecond at most: a field that is written all the time would be dear to everybody who reads it.
        if (now != tick) {
            tick = now;
        }
        return millis;
    }

    /** Returns a tick at which retention has ended, and before which it may not have. */
    long expiryTick(Slot slot) {
        return tick(slot.deleteAtMillis) + NANOS_PER_MILLI;
    }

    /** Returns whether the entry may no longer be served. Exact. */
    boolean isExpired(Slot slot) {
        return isExpired(slot, look());
    }

    /** Returns whether the entry may no longer be served, by a {@link #look()} that was just taken. Exact. */
    boolean isExpired(Slot slot, long nowMillis) {
        return nowMillis >= slot.deleteAtMillis && slot.entry.isExpiredAt(clock.instant());
    }

    private long tick(long millis) {
        return NANOS_PER_MILLI
                * (clamp(millis, openedAtMillis - RANGE_MILLIS, openedAtMillis + RANGE_MILLIS) - openedAtMillis);
    }

    private long millis() {
        try {
            return clock.millis();
        } catch (ArithmeticException beyondMillis) {
            return floorMillis(clock.instant());
        }
    }

    /** Returns milliseconds since 1970, rounded down, or the end of the range of {@code long} beyond it. */
    static long floorMillis(Instant instant) {
        long seconds = clamp(instant.getEpochSecond(), Long.MIN_VALUE / 1000, Long.MAX_VALUE / 1000 - 1);
        if (seconds != instant.getEpochSecond()) {
            return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return seconds * 1000 + instant.getNano() / 1_000_000;
    }

    private static long clamp(long value, long low, long high) {
        return Math.max(low, Math.min(value, high));
    }
}
