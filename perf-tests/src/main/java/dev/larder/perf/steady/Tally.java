package dev.larder.perf.steady;

import dev.larder.perf.suite.Latency;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what became of calls, for all of the crew together: a histogram of 0.2 MB for each of thousands would take
 * more memory than the stores, and threads seldom meet in one at these rates.
 */
final class Tally {
    private static final int DIGITS = 3;

    private final Histogram latencies;
    private final LongAdder errors = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder found = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final AtomicReference<@Nullable String> firstError = new AtomicReference<>();

    /** Makes an empty tally of calls that take up to {@code longestNanos}. */
    Tally(long longestNanos) {
        latencies = new AtomicHistogram(longestNanos, DIGITS);
    }

    void made(long latencyNanos, boolean isLate) {
        latencies.recordValue(Math.min(latencyNanos, latencies.getHighestTrackableValue()));
        if (isLate) {
            late.increment();
        }
    }

    void failed(String error) {
        errors.increment();
        firstError.compareAndSet(null, error);
    }

    void found() {
        found.increment();
    }

    /** Of calls that have failed: one got what nobody has put. */
    void gotWrong() {
        wrong.increment();
    }

    void dropped() {
        dropped.increment();
    }

    /** Counts in what {@code other} holds. Neither is written to meanwhile. */
    void add(Tally other) {
        latencies.add(other.latencies);
        errors.add(other.errors.sum());
        dropped.add(other.dropped.sum());
        late.add(other.late.sum());
        found.add(other.found.sum());
        wrong.add(other.wrong.sum());
        String error = other.firstError.get();
        if (error != null) {
            firstError.compareAndSet(null, error);
        }
    }

    long longestNanos() {
        return latencies.getHighestTrackableValue();
    }

    Operations operations() {
        return new Operations(
                latencies.getTotalCount(), errors.sum(), dropped.sum(), late.sum(), Latency.of(latencies));
    }

    /** Returns how many reads found an entry. */
    long hits() {
        return found.sum();
    }

    /** Returns how many calls got what nobody has put. */
    long wrong() {
        return wrong.sum();
    }

    @Nullable
    String firstError() {
        return firstError.get();
    }
}
