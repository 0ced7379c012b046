package dev.larder.cache;

import java.time.Duration;

/**
 * The moment at which a call gives up waiting.
 *
 * <p>Measured by {@link System#nanoTime()}, so steps of the wall clock do not move it. Immutable; made once where the
 * budget is known, and handed down through every layer below.
 */
public final class Deadline {
    private static final Deadline NEVER = new Deadline(0, false);

    // System.nanoTime() at which this expires. Compared by difference only: nanoTime may overflow.
    private final long expiresAtNanos;
    private final boolean bounded;

    private Deadline(long expiresAtNanos, boolean bounded) {
        this.expiresAtNanos = expiresAtNanos;
        this.bounded = bounded;
    }

    /**
     * Returns the deadline {@code duration} from now; zero has expired already. One of more than 100 years never
     * expires.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public static Deadline after(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a deadline lies in the future or now, not at " + duration);
        }
        if (duration.toDays() > 36_500) {
            return NEVER;
        }
        return new Deadline(System.nanoTime() + duration.toNanos(), true);
    }

    /**
     * Returns the deadline that expires when {@link System#nanoTime()} gets to {@code nanoTime}, for those who have looked
     * at that clock already: to look takes as long as a lookup in memory.
     *
     * @param nanoTime at most 100 years from now, before or after
     */
    public static Deadline at(long nanoTime) {
        return new Deadline(nanoTime, true);
    }

    /** Returns the deadline that never expires. */
    public static Deadline never() {
        return NEVER;
    }

    /** Returns whichever of this and {@code other} expires first. */
    public Deadline earlier(Deadline other) {
        if (!bounded) {
            return other;
        }
        if (!other.bounded) {
            return this;
        }
        return expiresAtNanos - other.expiresAtNanos <= 0 ? this : other;
    }

    /** Returns the time left: zero once expired, {@code Duration.ofNanos(Long.MAX_VALUE)} if this never expires. */
    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    /** Returns the time left in nanoseconds: 0 once expired, {@link Long#MAX_VALUE} if this never expires. */
    public long remainingNanos() {
        return bounded ? Math.max(0, expiresAtNanos - System.nanoTime()) : Long.MAX_VALUE;
    }

    /** Returns whether no time is left. */
    public boolean isExpired() {
        return bounded && expiresAtNanos - System.nanoTime() <= 0;
    }

    /**
     * Does nothing while time is left.
     *
     * @param operation what was asked, for the message, such as {@code "get"}
     * @throws CacheStoreException TIMEOUT once this has expired
     */
    public void check(String operation) {
        if (isExpired()) {
            throw new CacheStoreException(CacheStoreException.Kind.TIMEOUT, operation + " ran past its deadline");
        }
    }

    @Override
    public String toString() {
        return bounded ? "Deadline[" + remaining() + " left]" : "Deadline[never]";
    }
}
