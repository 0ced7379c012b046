package dev.larder.perf.suite;

import java.util.List;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * How long calls took, in nanoseconds, each to three significant digits.
 *
 * @param min the shortest
 * @param mean the arithmetic mean
 * @param p50 what half of the calls did not exceed
 * @param p95 what 95 % of them did not exceed
 * @param p99 what 99 % of them did not exceed
 * @param p999 what 99.9 % of them did not exceed
 * @param max the longest
 */
public record Latency(long min, long mean, long p50, long p95, long p99, long p999, long max) {
    /** Returns the figures of {@code histogram}; all are 0 if it is empty. */
    public static Latency of(Histogram histogram) {
        return new Latency(
                histogram.getMinValue(),
                Math.round(histogram.getMean()),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(95),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue());
    }

    /** Returns the median of each figure. */
    static Latency median(List<Latency> repetitions) {
        return new Latency(
                median(repetitions, Latency::min),
                median(repetitions, Latency::mean),
                median(repetitions, Latency::p50),
                median(repetitions, Latency::p95),
                median(repetitions, Latency::p99),
                median(repetitions, Latency::p999),
                median(repetitions, Latency::max));
    }

    private static long median(List<Latency> repetitions, ToLongFunction<Latency> figure) {
        return Median.of(repetitions.stream().mapToLong(figure));
    }
}
