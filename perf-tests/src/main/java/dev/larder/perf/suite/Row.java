package dev.larder.perf.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the repetitions of a cell gave together: the median of each time, every error, and the exact count of calls.
 *
 * @param cell what was run
 * @param warmUp what went before
 * @param requests measured calls in each repetition
 * @param errors failed calls in all repetitions
 * @param wallNanos from the first call to the end of the last one
 * @param settledNanos from the first call until the store had kept what it was given
 * @param latency of the calls
 * @param upstreamCalls calls that reached the upstream in a repetition; where they differ, in the first that did not
 *     meet the expectation
 * @param hitRatio which part of the calls did not reach the upstream; of calls on the store itself, which part of the
 *     entries they have looked for they have found, 0 if they have looked for none; of all repetitions
 * @param repetitions what each gave, in the order in which they ran
 * @param measured what the scenario measures beside that, by its name in JSON: the median of each number, and what is
 *     not a number of the last repetition
 * @param series how the last repetition went over time; null where that is not measured
 * @param spread how far the slowest repetition's wall time lies above the fastest one's, relative to the median
 * @param faults what did not hold, each with its repetition; empty if all is well
 */
public record Row(
        Cell cell,
        WarmUp warmUp,
        long requests,
        long errors,
        long wallNanos,
        long settledNanos,
        Latency latency,
        long upstreamCalls,
        double hitRatio,
        List<Repetition> repetitions,
        Map<String, Object> measured,
        @Nullable Series series,
        double spread,
        List<String> faults)
        implements Result {

    static Row of(Cell cell, WarmUp warmUp, List<Measurement> measurements) {
        List<String> faults = new ArrayList<>();
        long upstreamCalls = measurements.get(0).upstreamCalls();
        for (int i = 0; i < measurements.size(); i++) {
            List<String> found = measurements.get(i).faults();
            if (faults.isEmpty() && !found.isEmpty()) {
                upstreamCalls = measurements.get(i).upstreamCalls();
            }
            for (String fault : found) {
                faults.add(cell + ", repetition " + (i + 1) + ": " + fault);
            }
        }
        Measurement last = measurements.get(measurements.size() - 1);
        long wallNanos = median(measurements, Measurement::wallNanos);
        long slowest =
                measurements.stream().mapToLong(Measurement::wallNanos).max().orElse(0);
        long fastest =
                measurements.stream().mapToLong(Measurement::wallNanos).min().orElse(0);
        return new Row(
                cell,
                warmUp,
                measurements.get(0).requests(),
                measurements.stream().mapToLong(Measurement::errors).sum(),
                wallNanos,
                median(measurements, Measurement::settledNanos),
                Latency.median(measurements.stream().map(Measurement::latency).toList()),
                upstreamCalls,
                ratio(sum(measurements, Measurement::found), sum(measurements, Measurement::lookedFor)),
                measurements.stream()
                        .map(each -> new Repetition(each.requests(), each.wallNanos(), each.latency()))
                        .toList(),
                details(measurements),
                last.series(),
                (double) (slowest - fastest) / Math.max(1, wallNanos),
                List.copyOf(faults));
    }

    private static Map<String, Object> details(List<Measurement> measurements) {
        Map<String, Object> details = new LinkedHashMap<>();
        measurements.get(measurements.size() - 1).details().forEach((name, value) -> {
            List<Number> numbers = numbers(measurements, name);
            details.put(name, numbers.size() == measurements.size() ? median(numbers) : value);
        });
        return details;
    }

    private static List<Number> numbers(List<Measurement> measurements, String name) {
        return measurements.stream()
                .map(measurement -> measurement.details().get(name))
                .filter(Number.class::isInstance)
                .map(Number.class::cast)
                .toList();
    }

    private static Number median(List<Number> numbers) {
        if (numbers.stream().allMatch(number -> number instanceof Long || number instanceof Integer)) {
            return Median.of(numbers.stream().mapToLong(Number::longValue));
        }
        double[] sorted =
                numbers.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
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
    public String sentence() {
        return cell.scenario().sentence();
    }

    @Override
    public int callers() {
        return cell.callers();
    }

    /** Returns whether the throughput was still rising when the repetitions began. */
    public boolean isUnsteady() {
        return Boolean.FALSE.equals(warmUp.steady());
    }

    @Override
    public Map<String, Object> details() {
        // Sorted, so that the order is the same in every run.
        Map<String, Object> details = new TreeMap<>(measured);
        details.putAll(Map.of("settledNanos", settledNanos, "medianOf", repetitions.size(), "spread", spread));
        if (store().isBaseline() && !faults.isEmpty()) {
            details.put("deviations", faults);
        }
        details.put("warmUpRounds", warmUp.rounds());
        if (warmUp.steady() != null) {
            details.put("steady", warmUp.steady());
        }
        return details;
    }

    /** What does not hold of a baseline is no violation: it is what the baseline is there to show. */
    @Override
    public List<String> violations() {
        return store().isBaseline() ? List.of() : faults;
    }
}
