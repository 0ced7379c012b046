package dev.larder.perf.suite;

import java.util.List;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What all callers of one phase saw together.
 *
 * @param beganAtNanos {@link System#nanoTime()} at the first call
 * @param endedAtNanos the same at the end of the last one
 * @param requests how many calls there were
 * @param latency of all calls
 * @param errors calls that threw or got the wrong answer
 * @param firstError what one of them was; null if there was none
 * @param lookedFor entries that calls have looked for in the store itself
 * @param found how many of those they have found
 */
public record Recorded(
        long beganAtNanos,
        long endedAtNanos,
        long requests,
        Latency latency,
        long errors,
        @Nullable String firstError,
        long lookedFor,
        long found) {

    /** Merges the notes of callers that have ended, at least one. */
    static Recorded merge(List<Recorder> recorders) {
        long origin = recorders.get(0).beganAtNanos();
        // nanoTime may overflow: only differences can be compared.
        long began = recorders.stream()
                .mapToLong(r -> r.beganAtNanos() - origin)
                .min()
                .orElse(0);
        long ended = recorders.stream()
                .mapToLong(r -> r.endedAtNanos() - origin)
                .max()
                .orElse(0);
        Histogram latencies = Recorder.newHistogram();
        recorders.forEach(recorder -> latencies.add(recorder.latencies()));
        return new Recorded(
                origin + began,
                origin + ended,
                latencies.getTotalCount(),
                Latency.of(latencies),
                recorders.stream().mapToLong(Recorder::errors).sum(),
                recorders.stream()
                        .map(Recorder::firstError)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                recorders.stream().mapToLong(Recorder::lookedFor).sum(),
                recorders.stream().mapToLong(Recorder::found).sum());
    }

    /** Returns the time between the two. */
    public long wallNanos() {
        return endedAtNanos - beganAtNanos;
    }
}
