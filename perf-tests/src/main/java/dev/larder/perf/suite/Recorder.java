package dev.larder.perf.suite;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Takes down what one caller saw. For that caller's thread alone until it has ended, so that nothing is locked. */
final class Recorder {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Histogram latencies = newHistogram();
    private long beganAtNanos;
    private long endedAtNanos;
    private long errors;
    private long lookedFor;
    private long found;
    private @Nullable String firstError;

    static Histogram newHistogram() {
        return new Histogram(LONGEST_NANOS, 3);
    }

    /** Makes so many calls, one after another. */
    void record(Caller caller, int iterations) {
        beganAtNanos = System.nanoTime();
        try {
            for (int i = 0; i < iterations; i++) {
                record(caller.call(i));
            }
        } finally {
            endedAtNanos = System.nanoTime();
        }
    }

    private void record(Call call) {
        long began = System.nanoTime();
        try {
            call.make();
        } catch (Exception e) {
            fail(e.toString());
            return;
        } finally {
            latencies.recordValue(Math.min(System.nanoTime() - began, LONGEST_NANOS));
        }
        lookedFor += call.lookedFor();
        found += call.found();
        String fault = call.fault();
        if (fault != null) {
            fail(fault);
        }
    }

    /** Notes what kept this caller from going on. */
    void fail(String error) {
        errors++;
        if (firstError == null) {
            firstError = error;
        }
    }

    Histogram latencies() {
        return latencies;
    }

    long beganAtNanos() {
        return beganAtNanos;
    }

    long endedAtNanos() {
        return endedAtNanos;
    }

    long lookedFor() {
        return lookedFor;
    }

    long found() {
        return found;
    }

    long errors() {
        return errors;
    }

    @Nullable
    String firstError() {
        return firstError;
    }
}
