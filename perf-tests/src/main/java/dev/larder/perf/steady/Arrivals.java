package dev.larder.perf.steady;

import java.time.Duration;

/**
 * When calls arrive: one after another at equal distances, the first at once.
 *
 * <p>Evenly and not at random (Poisson): so nothing but the store and the machine can make a queue, a pause shows by
 * itself, and every store meets the same load.
 *
 * @param perSecond how many arrive in a second, 1 to {@value #MOST_PER_SECOND}
 * @param window how long they keep arriving; positive, and at most {@link #LONGEST}
 */
public record Arrivals(int perSecond, Duration window) {
    /** The highest rate. */
    public static final int MOST_PER_SECOND = 1_000_000;

    /** The longest window. */
    public static final Duration LONGEST = Duration.ofDays(1);

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Checks the bounds. */
    public Arrivals {
        if (perSecond < 1 || perSecond > MOST_PER_SECOND) {
            throw new IllegalArgumentException("calls arrive 1 to " + MOST_PER_SECOND + " a second, not " + perSecond);
        }
        if (window.isZero() || window.isNegative() || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("calls arrive for a time up to " + LONGEST + ", not " + window);
        }
    }

    /** Returns how many calls arrive, at least 1. */
    long count() {
        long partOfSecond = window.toNanosPart();
        return window.toSeconds() * perSecond + (partOfSecond * perSecond + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
    }

    /** Returns when the call of this number, from 0, is due, in nanoseconds from the beginning of the window. */
    long dueNanos(long number) {
        // Whole seconds apart: the product of all would overflow after some hours.
        return number / perSecond * NANOS_PER_SECOND + number % perSecond * NANOS_PER_SECOND / perSecond;
    }
}
