package dev.larder.perf.report;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.larder.perf.environment.Environment;
import dev.larder.perf.suite.Repetition;
import dev.larder.perf.suite.Result;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The results as a JSON array, one object each. Times are whole nanoseconds.
 *
 * <p>The fields up to {@code hitRatio} are what other programs read; those after it may change.
 */
public final class JsonReport {
    private static final Gson GSON = new Gson();

    private JsonReport() {}

    /**
     * Returns the results and a line end.
     *
     * @param environment what they were measured in, which each of them names
     * @param more what is known about a result beside what it says itself, by its name in JSON
     */
    public static String text(
            List<? extends Result> results, Environment environment, Function<Result, Map<String, Object>> more) {
        return JsonRows.text(results, environment, result -> {
            JsonObject object = object(result);
            more.apply(result).forEach((name, value) -> object.add(name, GSON.toJsonTree(value)));
            return object;
        });
    }

    private static JsonObject object(Result result) {
        JsonObject object = new JsonObject();
        object.addProperty("store", result.store().name());
        object.addProperty("scenario", result.scenario());
        object.addProperty("threads", result.callers());
        object.addProperty("requests", result.requests());
        object.addProperty("errors", result.errors());
        object.addProperty("wallNanos", result.wallNanos());
        object.addProperty("throughputPerSecond", result.throughputPerSecond());
        object.add("latencyNanos", GSON.toJsonTree(result.latency()));
        object.addProperty("upstreamCalls", result.upstreamCalls());
        object.addProperty("hitRatio", result.hitRatio());
        object.addProperty("sentence", result.sentence());
        object.add("repetitions", repetitions(result));
        if (result.series() != null) {
            object.add("series", GSON.toJsonTree(result.series()));
        }
        object.addProperty("baseline", result.store().isBaseline());
        object.addProperty("persistent", result.store().isPersistent());
        object.addProperty("remark", result.store().remark());
        object.add("violations", GSON.toJsonTree(result.violations()));
        result.details().forEach((name, detail) -> {
            if (object.has(name)) {
                throw new IllegalStateException("a detail of " + result.scenario() + " is called " + name
                        + ", as a field that every result has");
            }
            object.add(name, GSON.toJsonTree(detail));
        });
        return object;
    }

    private static JsonArray repetitions(Result result) {
        JsonArray repetitions = new JsonArray();
        for (Repetition repetition : result.repetitions()) {
            JsonObject object = new JsonObject();
            object.addProperty("requests", repetition.requests());
            object.addProperty("wallNanos", repetition.wallNanos());
            object.addProperty("throughputPerSecond", repetition.throughputPerSecond());
            object.add("latencyNanos", GSON.toJsonTree(repetition.latency()));
            repetitions.add(object);
        }
        return repetitions;
    }
}
