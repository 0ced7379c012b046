package dev.larder.perf.baseline;

import dev.larder.perf.report.data.BadResultsException;
import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Measured;
import dev.larder.perf.suite.Repetition;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes a run from the JSON that the load suite has written, as far as runs are compared. */
public final class RunFile {
    private RunFile() {}

    /**
     * Returns the run in a text.
     *
     * @param name what the user calls it
     * @throws BaselineException if the text is something else
     */
    public static Run parse(String text, String name) {
        List<Line> lines = lines(text, name);
        if (lines.isEmpty()) {
            throw new BaselineException(
                    name + " has no result of a scenario: give a file that larder bench --json has written");
        }
        Map<RowKey, Run.Row> rows = new LinkedHashMap<>();
        for (Line line : lines) {
            rows.putIfAbsent(new RowKey(line.store(), line.scenario(), line.callers()), row(line));
        }
        Map<String, String> environment = new LinkedHashMap<>();
        lines.get(0)
                .environment()
                .forEach((path, value) ->
                        environment.put(path, value.isJsonPrimitive() ? value.getAsString() : value.toString()));
        return new Run(rows, environment);
    }

    /** Probes are left out: nothing of them is a figure. */
    private static List<Line> lines(String text, String name) {
        try {
            return new Measured.Collector().add(name, text).run().lines();
        } catch (BadResultsException e) {
            throw new BaselineException(e.getMessage());
        }
    }

    private static Run.Row row(Line line) {
        // Files of the time before repetitions were written have only their medians, which is one repetition.
        List<Repetition> repetitions = line.repetitions().isEmpty()
                ? List.of(new Repetition(line.requests(), line.wallNanos(), line.latency()))
                : line.repetitions();
        Map<Metric, List<Double>> samples = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            samples.put(
                    metric,
                    repetitions.stream()
                            .map(repetition -> figure(metric, repetition))
                            .toList());
        }
        return new Run.Row(samples, line.baseline());
    }

    private static double figure(Metric metric, Repetition repetition) {
        return switch (metric) {
            case THROUGHPUT -> repetition.throughputPerSecond();
            case P50 -> repetition.latency().p50();
            case P99 -> repetition.latency().p99();
        };
    }
}
