package dev.larder.cache.tck;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. May be read and moved from any thread. */
public final class ManualClock implements InstantSource {
    // Digits down to the nanosecond, so that a store that rounds is seen.
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.123456789Z");

    private volatile Instant now = START;

    /** Makes a clock that shows some instant of the year 2026, the same for every new clock. */
    public ManualClock() {}

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves the clock by {@code duration}, backwards if it is negative. */
    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    /** Moves the clock to {@code instant}. */
    public synchronized void set(Instant instant) {
        now = instant;
    }

    @Override
    public String toString() {
        return "ManualClock[" + now + "]";
    }
}
