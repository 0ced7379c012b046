package dev.larder.perf.steady;

import java.time.Duration;

/**
 * A time that stands still but for {@link #advance}, and for waiting, which takes no time: whoever waits finds that the
 * time has come. With a crew of one, what comes out is exact.
 */
final class ManualTimeline implements Timeline {
    // Not far from where it overflows, as the real one may be.
    private long now = Long.MAX_VALUE - Duration.ofMillis(300).toNanos();

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized void await(long nanos) {
        if (nanos - now > 0) {
            now = nanos;
        }
    }

    synchronized void advance(Duration duration) {
        now += duration.toNanos();
    }
}
