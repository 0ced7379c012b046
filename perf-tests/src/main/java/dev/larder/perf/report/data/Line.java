package dev.larder.perf.report.data;

import com.google.gson.JsonElement;
import dev.larder.perf.suite.Latency;
import dev.larder.perf.suite.Repetition;
import dev.larder.perf.suite.Series;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What a store did in a scenario.
 *
 * @param store its name
 * @param scenario its name
 * @param sentence what the scenario does; empty in results of earlier versions
 * @param callers how many called at once
 * @param requests how many calls were measured
 * @param errors how many of them failed
 * @param wallNanos from the first to the end of the last one
 * @param throughput calls in a second
 * @param latency of the calls
 * @param upstreamCalls how many reached the upstream
 * @param hitRatio which part was answered by the store
 * @param repetitions what each repetition gave; empty in results of earlier versions
 * @param series how it went over time; null where that was not measured
 * @param violations what did not hold
 * @param baseline whether the store is only there to be compared with
 * @param persistent whether the store's entries survive the process; null if that is not known
 * @param remark what a reader of the store's figures should know; may be empty
 * @param partial whether the run was ended before its end
 * @param environment where it ran, by path, such as {@code machine.cores}
 * @param details whatever else is known
 */
public record Line(
        String store,
        String scenario,
        String sentence,
        int callers,
        long requests,
        long errors,
        long wallNanos,
        double throughput,
        Latency latency,
        long upstreamCalls,
        double hitRatio,
        List<Repetition> repetitions,
        @Nullable Series series,
        List<String> violations,
        boolean baseline,
        @Nullable Boolean persistent,
        String remark,
        boolean partial,
        Map<String, JsonElement> environment,
        Map<String, JsonElement> details) {
    private static final Set<String> KNOWN = Set.of(
            "store",
            "scenario",
            "sentence",
            "threads",
            "requests",
            "errors",
            "wallNanos",
            "throughputPerSecond",
            "latencyNanos",
            "upstreamCalls",
            "hitRatio",
            "repetitions",
            "series",
            "violations",
            "baseline",
            "persistent",
            "remark",
            "environment",
            // Earlier versions wrote these beside the environment, which has them too.
            "callerThreads",
            "java",
            "cpus");

    static Line of(Fields fields) throws BadResultsException {
        Map<String, JsonElement> details = new LinkedHashMap<>(fields.values());
        details.keySet().removeAll(KNOWN);
        Fields environment = fields.object("environment");
        List<Repetition> repetitions = new ArrayList<>();
        for (Fields repetition : fields.objects("repetitions")) {
            repetitions.add(
                    new Repetition(repetition.whole("requests"), repetition.whole("wallNanos"), latency(repetition)));
        }
        Fields series = fields.object("series");
        return new Line(
                fields.text("store"),
                fields.text("scenario"),
                fields.text("sentence", ""),
                Math.toIntExact(Math.min(Integer.MAX_VALUE, fields.whole("threads"))),
                fields.whole("requests"),
                fields.whole("errors"),
                fields.whole("wallNanos"),
                fields.number("throughputPerSecond"),
                latency(fields),
                fields.whole("upstreamCalls", 0),
                fields.number("hitRatio", 0),
                List.copyOf(repetitions),
                series == null ? null : series(series),
                fields.texts("violations"),
                fields.flag("baseline"),
                fields.has("persistent") ? fields.flag("persistent") : null,
                fields.text("remark", ""),
                environment != null && environment.flag("partial"),
                environment == null ? Map.of() : JsonPaths.of(environment.values()),
                Collections.unmodifiableMap(details));
    }

    private static Latency latency(Fields fields) throws BadResultsException {
        Fields latency = fields.required("latencyNanos");
        return new Latency(
                latency.whole("min"),
                latency.whole("mean"),
                latency.whole("p50"),
                latency.whole("p95"),
                latency.whole("p99"),
                latency.whole("p999"),
                latency.whole("max"));
    }

    private static Series series(Fields fields) throws BadResultsException {
        List<Series.Point> points = new ArrayList<>();
        for (Fields point : fields.objects("points")) {
            points.add(new Series.Point(
                    point.whole("atMillis"),
                    (int) point.whole("callers"),
                    point.number("throughputPerSecond"),
                    point.whole("p50Nanos"),
                    point.whole("p99Nanos")));
        }
        List<Series.Pause> pauses = new ArrayList<>();
        for (Fields pause : fields.objects("pauses")) {
            pauses.add(new Series.Pause(
                    pause.whole("atMillis"),
                    pause.whole("durationMicros"),
                    pause.text("cause", ""),
                    pause.whole("heapAfterBytes")));
        }
        return new Series(points, pauses);
    }

    /** Returns whether the store is one of larder's, or one that was given to it. */
    public boolean isOurs() {
        return !baseline;
    }

    /** Returns whether the store is another library's. */
    public boolean isPeer() {
        return baseline && !store.equals(Run.BEFORE);
    }

    /** Returns whether its warm-up ended before it had become steady. */
    public boolean isUnsteady() {
        JsonElement steady = details.get("steady");
        return steady != null
                && steady.isJsonPrimitive()
                && steady.getAsString().equals("false");
    }

    /** Returns the throughput of the slowest repetition. */
    public double lowest() {
        return throughputs().min().orElse(throughput);
    }

    /** Returns the throughput of the fastest repetition. */
    public double highest() {
        return throughputs().max().orElse(throughput);
    }

    private DoubleStream throughputs() {
        return repetitions.stream().mapToDouble(Repetition::throughputPerSecond);
    }

    /** Returns a number that is known beside the figures that every line has, or null. */
    public @Nullable Double detail(String name) {
        JsonElement detail = details.get(name);
        return detail != null
                        && detail.isJsonPrimitive()
                        && detail.getAsJsonPrimitive().isNumber()
                ? detail.getAsDouble()
                : null;
    }
}
