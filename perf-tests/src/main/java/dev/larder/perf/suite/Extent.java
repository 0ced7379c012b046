package dev.larder.perf.suite;

import java.time.Duration;

/**
 * How much time a run has.
 *
 * @param quick whether it is a short one, whose figures say little
 * @param window how long scenarios go on that run for a time and not for a count of calls
 */
public record Extent(boolean quick, Duration window) {
    /** Checks the window. */
    public Extent {
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("a window takes time, not " + window);
        }
    }
}
