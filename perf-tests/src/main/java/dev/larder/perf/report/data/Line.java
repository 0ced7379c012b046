package dev.larder.perf.report.data;

import com.google.gson.JsonElement;
import dev.larder.perf.suite.Latency;
import dev.larder.perf.suite.Series;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * @param repetitions the throughput of each repetition; empty in results of earlier versions
 * @param series how it went over time; null where that was not measured
 * @param violations what did not hold
 * @param peer whether the store is another library's, to be compared with ours
 * @param persistent whether the store's entries survive the process; null if that is not known
 * @param remark what a reader of the store's figures should know; may be empty
 * @param partial whether the run was ended before its end
 * @param environment where it ran, by name
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
        List<Double> repetitions,
        @Nullable Series series,
        List<String> violations,
        boolean peer,
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
            "peer",
            "persistent",
            "remark",
            "partial",
            "environment");

    /** Results of earlier versions had these beside the figures. */
    private static final Set<String> ENVIRONMENT = Set.of("callerThreads", "java", "cpus");

    static Line of(Fields fields) throws BadResultsException {
        Map<String, JsonElement> environment = new LinkedHashMap<>();
        Map<String, JsonElement> details = new LinkedHashMap<>();
        for (String name : fields.names()) {
            if (ENVIRONMENT.contains(name)) {
                environment.put(name, fields.get(name));
            } else if (!KNOWN.contains(name)) {
                details.put(name, fields.get(name));
            }
        }
        Fields named = fields.object("environment");
        if (named != null) {
            named.names().forEach(name -> environment.put(name, named.get(name)));
        }
        List<Double> repetitions = new ArrayList<>();
        for (Fields repetition : fields.objects("repetitions")) {
            repetitions.add(repetition.number("throughputPerSecond"));
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
                latency(fields.object("latencyNanos")),
                fields.whole("upstreamCalls", 0),
                fields.number("hitRatio", 0),
                List.copyOf(repetitions),
                series == null ? null : series(series),
                fields.texts("violations"),
                fields.flag("peer")
                        || (fields.flag("baseline") && !fields.text("store").equals(Run.BEFORE)),
                fields.has("persistent") ? fields.flag("persistent") : null,
                fields.text("remark", ""),
                fields.flag("partial") || (named != null && named.flag("partial")),
                Collections.unmodifiableMap(environment),
                Collections.unmodifiableMap(details));
    }

    private static Latency latency(@Nullable Fields fields) throws BadResultsException {
        if (fields == null) {
            return new Latency(0, 0, 0, 0, 0, 0, 0);
        }
        return new Latency(
                fields.whole("min"),
                fields.whole("mean"),
                fields.whole("p50"),
                fields.whole("p95"),
                fields.whole("p99"),
                fields.whole("p999"),
                fields.whole("max"));
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
        return !peer && !store.equals(Run.BEFORE);
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
        return repetitions.stream().mapToDouble(Double::doubleValue).min().orElse(throughput);
    }

    /** Returns the throughput of the fastest repetition. */
    public double highest() {
        return repetitions.stream().mapToDouble(Double::doubleValue).max().orElse(throughput);
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
