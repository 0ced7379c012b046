package dev.larder.perf.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What the repetitions of a cell gave together: the median of each time, every error, and the exact count of calls.
 *
 * @param cell what was run
 * @param requests measured calls in each repetition
 * @param errors failed calls in all repetitions
 * @param wallNanos from the first call to the end of the last one
 * @param settledNanos from the first call until the store had kept what it was given
 * @param latency of the calls
 * @param upstreamCalls calls that reached the upstream in a repetition; where they differ, in the first that did not
 *     meet the expectation
 * @param hitRatio which part of the calls did not reach the upstream; of calls on the store itself, which part of the
 *     entries they have looked for they have found, 0 if they have looked for none; of all repetitions
 * @param repetitions how many there were
 * @param spread how far the slowest repetition's wall time lies above the fastest one's, relative to the median
 * @param violations what did not hold, each with its repetition; empty if all is well
 */
public record Row(
        Cell cell,
        long requests,
        long errors,
        long wallNanos,
        long settledNanos,
        Latency latency,
        long upstreamCalls,
        double hitRatio,
        int repetitions,
        double spread,
        List<String> violations)
        implements Result {

    static Row of(Cell cell, Load load, List<Measurement> measurements) {
        List<String> violations = new ArrayList<>();
        long upstreamCalls = measurements.get(0).upstreamCalls();
        for (int i = 0; i < measurements.size(); i++) {
            List<String> found = cell.scenario().expectation().violations(load, measurements.get(i));
            if (violations.isEmpty() && !found.isEmpty()) {
                upstreamCalls = measurements.get(i).upstreamCalls();
            }
            for (String violation : found) {
                violations.add(cell + ", repetition " + (i + 1) + ": " + violation);
            }
        }
        long wallNanos = median(measurements, Measurement::wallNanos);
        long slowest =
                measurements.stream().mapToLong(Measurement::wallNanos).max().orElse(0);
        long fastest =
                measurements.stream().mapToLong(Measurement::wallNanos).min().orElse(0);
        return new Row(
                cell,
                load.requests(),
                measurements.stream().mapToLong(Measurement::errors).sum(),
                wallNanos,
                median(measurements, Measurement::settledNanos),
                Latency.median(measurements.stream().map(Measurement::latency).toList()),
                upstreamCalls,
                cell.scenario().shape().isOnEntries()
                        ? ratio(sum(measurements, Measurement::found), sum(measurements, Measurement::lookedFor))
                        : ratio(Math.max(0, load.requests() - upstreamCalls), load.requests()),
                measurements.size(),
                (double) (slowest - fastest) / Math.max(1, wallNanos),
                List.copyOf(violations));
    }

    private static double ratio(long part, long all) {
        return all == 0 ? 0 : part / (double) all;
    }

    private static long sum(List<Measurement> measurements, ToLongFunction<Measurement> figure) {
        return measurements.stream().mapToLong(figure).sum();
    }

    private static long median(List<Measurement> measurements, ToLongFunction<Measurement> figure) {
        return Median.of(measurements.stream().mapToLong(figure));
    }

    @Override
    public StoreChoice store() {
        return cell.store();
    }

    @Override
    public String scenario() {
        return cell.scenario().name();
    }

    @Override
    public int callers() {
        return cell.callers();
    }

    @Override
    public Map<String, Object> details() {
        // Sorted, so that the order is the same in every run.
        return new TreeMap<>(Map.of("settledNanos", settledNanos, "medianOf", repetitions, "spread", spread));
    }
}
