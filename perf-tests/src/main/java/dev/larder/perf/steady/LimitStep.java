package dev.larder.perf.steady;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of one rate.
 *
 * @param perSecond how many calls arrived in a second
 * @param all what became of them
 * @param wallNanos from the beginning of the window to the end of the last call
 * @param hitRatio which part of the reads found an entry
 * @param wrong calls that got an entry which is not what was put
 * @param brokeBy what makes it one that does not hold; null if it holds
 */
record LimitStep(
        int perSecond,
        Operations all,
        long wallNanos,
        double hitRatio,
        long wrong,
        @Nullable String brokeBy) {

    /**
     * Judges a loop that has run.
     *
     * @param failedLater what became known afterwards of a put that was accepted; null if nothing did
     */
    static LimitStep of(int perSecond, OpenLoop loop, @Nullable String failedLater, Duration p99) {
        Tally all = loop.all();
        if (failedLater != null) {
            all.failed(failedLater);
        }
        Operations operations = all.operations();
        return new LimitStep(
                perSecond,
                operations,
                loop.wallNanos(),
                all.hits() / (double) Math.max(1, loop.reads().operations().requests()),
                all.wrong(),
                brokeBy(operations, all.firstError(), p99));
    }

    private static @Nullable String brokeBy(Operations all, @Nullable String firstError, Duration p99) {
        if (all.errors() > 0) {
            return all.errors() + " of " + all.requests() + " calls failed, the first with: " + firstError;
        }
        if (all.dropped() > 0) {
            return all.dropped() + " of " + all.offered() + " calls were dropped";
        }
        return all.latency().p99() > p99.toNanos()
                ? String.format(Locale.ROOT, "p99 was %.1f ms", all.latency().p99() / 1e6)
                : null;
    }
}
