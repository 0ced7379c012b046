package dev.larder.cache.sqlite;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as the numbers that columns hold. What a number cannot hold becomes the nearest one. */
final class Times {
    private Times() {}

    /** Returns the first whole millisecond that is not before {@code instant}. */
    static long millisUp(Instant instant) {
        long millis = millisDown(instant);
        boolean fraction = !instant.truncatedTo(ChronoUnit.MILLIS).equals(instant);
        return fraction && millis < Long.MAX_VALUE ? millis + 1 : millis;
    }

    /** Returns the last whole millisecond that is not after {@code instant}. */
    static long millisDown(Instant instant) {
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException e) {
            return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** Returns microseconds since 1970, at least 0 and at most 2^62. */
    static long micros(Instant instant) {
        long seconds = Math.max(0, Math.min(instant.getEpochSecond(), (1L << 62) / 1_000_000 - 1));
        return seconds * 1_000_000 + instant.getNano() / 1_000;
    }
}
