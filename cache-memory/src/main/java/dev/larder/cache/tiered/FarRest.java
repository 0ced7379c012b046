package dev.larder.cache.tiered;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether far is worth asking. After {@code restAfter} failures in a row, of which one that a caller hardly
 * waited for counts in part, it rests for {@code restFor}; then one call goes through, and its outcome decides between
 * the next rest and business as usual. A call that never comes back only costs another rest, because each rest begins
 * anew when its probe sets out.
 */
final class FarRest {
    /** A rest, told apart from others by identity. */
    private record Rest(Instant since) {}

    /** What far is given at least before it is to blame for all of a failure. */
    private static final Duration FAIR = Duration.ofMillis(50);

    // A failure counts as many nanoseconds as it took, FAIR at most.
    private final long restAfterNanos;
    private final Duration restFor;
    private final InstantSource clock;
    private final AtomicLong failedNanos = new AtomicLong();
    private final AtomicReference<@Nullable Rest> rest = new AtomicReference<>();

    FarRest(int restAfter, Duration restFor, InstantSource clock) {
        this.restAfterNanos = restAfter * FAIR.toNanos();
        this.restFor = restFor;
        this.clock = clock;
    }

    /** Returns whether far may be asked now. A yes is to be used: it may be the one probe of a rest. */
    boolean permits() {
        Rest current = rest.get();
        if (current == null) {
            return true;
        }
        Instant now = clock.instant();
        return isOver(current, now) && rest.compareAndSet(current, new Rest(now));
    }

    /** Returns whether far rests and it is not yet time for the probe. */
    boolean isUnbroken() {
        Rest current = rest.get();
        return current != null && !isOver(current, clock.instant());
    }

    private boolean isOver(Rest current, Instant now) {
        // A clock that was set back must not prolong the rest.
        return now.isBefore(current.since)
                || Duration.between(current.since, now).compareTo(restFor) >= 0;
    }

    /** Notes that far answered. */
    void succeeded() {
        // Read first: these are shared by all threads, and mostly zero and null already.
        if (failedNanos.get() != 0) {
            failedNanos.set(0);
        }
        if (rest.get() != null) {
            rest.set(null);
        }
    }

    /** Notes that far failed, and returns whether a rest begins that was not one already. */
    boolean failed() {
        return failedAfter(FAIR.toNanos());
    }

    /**
     * Notes that far had no answer for a caller who waited no longer than that, and returns whether a rest begins that
     * was not one already. Callers who hardly wait say little about far, and are not to take it from everybody else.
     */
    boolean failedAfter(long waitedNanos) {
        long counted = Math.max(1, Math.min(waitedNanos, FAIR.toNanos()));
        long inARow = failedNanos.updateAndGet(sum -> Math.min(sum, Long.MAX_VALUE - counted) + counted);
        return inARow >= restAfterNanos && rest.getAndSet(new Rest(clock.instant())) == null;
    }
}
