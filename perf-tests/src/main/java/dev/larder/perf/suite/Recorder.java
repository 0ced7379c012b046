package dev.larder.perf.suite;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/** Takes down what one caller saw. For that caller's thread alone until it has ended, so that nothing is locked. */
final class Recorder {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Histogram latencies = newHistogram();
    // Null where nobody wants to see them before the caller has ended: to share them costs the caller some nanoseconds.
    private final @Nullable SingleWriterRecorder shared;
    private @Nullable Histogram drained;
    private long beganAtNanos;
    private long endedAtNanos;
    private long errors;
    private long lookedFor;
    private long found;
    private @Nullable String firstError;

    private Recorder(@Nullable SingleWriterRecorder shared) {
        this.shared = shared;
    }

    /** Returns notes that are read when the caller has ended. */
    static Recorder readAtTheEnd() {
        return new Recorder(null);
    }

    /** Returns notes from which one other thread may {@linkplain #drainInto drain} the latencies meanwhile. */
    static Recorder readMeanwhile() {
        return new Recorder(new SingleWriterRecorder(LONGEST_NANOS, 3));
    }

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

    /** Makes calls, one after another, until that is so. */
    void record(Caller caller, BooleanSupplier ended) {
        beganAtNanos = System.nanoTime();
        try {
            for (int i = 0; !ended.getAsBoolean(); i++) {
                record(caller.call(i));
            }
        } finally {
            endedAtNanos = System.nanoTime();
        }
    }

    /** Adds the latencies of the calls that have ended since this was called last. */
    void drainInto(Histogram slice) {
        drained = Objects.requireNonNull(shared, "not read meanwhile").getIntervalHistogram(drained);
        slice.add(drained);
        latencies.add(drained);
    }

    private void record(Call call) {
        long began = System.nanoTime();
        try {
            call.make();
        } catch (Exception e) {
            fail(e.toString());
            return;
        } finally {
            long nanos = Math.min(System.nanoTime() - began, LONGEST_NANOS);
            if (shared == null) {
                latencies.recordValue(nanos);
            } else {
                shared.recordValue(nanos);
            }
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

    /** Returns the latencies; of what is read meanwhile, those that were drained. */
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
