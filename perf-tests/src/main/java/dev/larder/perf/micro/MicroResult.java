package dev.larder.perf.micro;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark gave on a store.
 *
 * @param benchmark its name
 * @param sentence what one operation does
 * @param store the store's name; null for a benchmark that is run on none
 * @param nanosPerOp the mean of all samples
 * @param error half of the interval that the mean lies in with 99.9 % confidence, if samples scatter as they should;
 *     null of less than three
 * @param bytesPerOp what all threads allocated for an operation; null where the JVM does not say
 * @param collections how often garbage was collected while it was measured
 * @param samples nanoseconds for an operation, one mean for each iteration, in the order in which they ran
 * @param forks how many JVMs they are from
 */
public record MicroResult(
        String benchmark,
        String sentence,
        @Nullable String store,
        double nanosPerOp,
        @Nullable Double error,
        @Nullable Double bytesPerOp,
        long collections,
        List<Double> samples,
        int forks) {
    /** Copies the samples. */
    public MicroResult {
        samples = List.copyOf(samples);
    }
}
