package dev.larder.perf.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.larder.perf.report.content.Document;
import dev.larder.perf.report.data.BadResultsException;
import dev.larder.perf.report.data.Measured;
import java.util.List;

/** Results in JSON that nobody has measured, as small as a test can do with. */
public final class SampleResults {
    private final JsonArray array = new JsonArray();

    /** Returns results of two scenarios, one of them with two numbers of callers, for each of the stores. */
    public static SampleResults of(String... stores) {
        SampleResults results = new SampleResults();
        for (int i = 0; i < stores.length; i++) {
            results.add(stores[i], "hit", 1, 1000.0 * (stores.length - i));
            results.add(stores[i], "hit", 8, 3000.0 * (stores.length - i));
            results.add(stores[i], "burst", 200, 50.0 * (i + 1));
        }
        return results;
    }

    /** Adds a result and returns it, so that more can be added to it. */
    public JsonObject add(String store, String scenario, int callers, double perSecond) {
        JsonObject result = new JsonObject();
        result.addProperty("store", store);
        result.addProperty("scenario", scenario);
        result.addProperty("threads", callers);
        result.addProperty("requests", 1000);
        result.addProperty("errors", 0);
        result.addProperty("wallNanos", 1_000_000);
        result.addProperty("throughputPerSecond", perSecond);
        JsonObject latency = new JsonObject();
        long nanos = (long) (1e9 / perSecond);
        for (String name : List.of("min", "mean", "p50", "p95", "p99", "p999", "max")) {
            latency.addProperty(name, nanos);
            nanos *= 2;
        }
        result.add("latencyNanos", latency);
        result.addProperty("upstreamCalls", 0);
        result.addProperty("hitRatio", 1.0);
        result.addProperty("sentence", "Does what " + scenario + " does.");
        array.add(result);
        return result;
    }

    /** Adds a result that has gone on for three seconds, with more callers in the last one, and a pause. */
    public JsonObject addOverTime(String store, String scenario) {
        JsonObject result = add(store, scenario, 20, 700);
        JsonObject series = new JsonObject();
        JsonArray points = new JsonArray();
        for (int second = 1; second <= 3; second++) {
            JsonObject point = new JsonObject();
            point.addProperty("atMillis", second * 1000);
            point.addProperty("callers", second < 3 ? 10 : 20);
            point.addProperty("throughputPerSecond", 500 + 100 * second);
            point.addProperty("p50Nanos", 1000);
            point.addProperty("p99Nanos", 50_000 * second);
            points.add(point);
        }
        JsonObject pause = new JsonObject();
        pause.addProperty("atMillis", 1500);
        pause.addProperty("durationMicros", 2500);
        pause.addProperty("cause", "Allocation <Failure>");
        pause.addProperty("heapAfterBytes", 20 << 20);
        JsonArray pauses = new JsonArray();
        pauses.add(pause);
        series.add("points", points);
        series.add("pauses", pauses);
        result.add("series", series);
        return result;
    }

    /** Returns the file that larder bench would have written. */
    public String json() {
        return array.toString();
    }

    /** Returns the report of it. */
    public Document document() throws BadResultsException {
        return Document.of(new Measured.Collector().add("results.json", json()).beside(null));
    }

    /** Returns what larder bench limits might write: a target that is met, one that is not, and none. */
    public static String limits() {
        return """
                [{"name": "get, 1 caller", "ratio": 0.95, "ours": 95.0, "floor": 100.0, "target": 0.9,
                  "targetIs": "at least", "unit": "1/s", "lowestRatio": 0.9, "highestRatio": 1.1},
                 {"name": "put, p99", "ratio": 4.0, "ours": 0.004, "floor": 0.001, "target": 1.3,
                  "targetIs": "at most", "unit": "s"},
                 {"name": "bytes allocated per get", "ratio": 2.0, "ours": 200, "floor": 100, "target": null}]
                """;
    }
}
