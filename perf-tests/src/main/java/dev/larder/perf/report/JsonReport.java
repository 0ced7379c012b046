package dev.larder.perf.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.larder.perf.suite.CallerThreads;
import dev.larder.perf.suite.Latency;
import dev.larder.perf.suite.Row;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * The rows as a JSON array, one object each. Times are whole nanoseconds.
 *
 * <p>The fields up to {@code hitRatio} are what other programs read; those after it may change.
 */
public final class JsonReport {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JsonReport() {}

    /**
     * Writes the rows and a line end.
     *
     * @throws IOException if {@code out} fails
     */
    public static void write(List<Row> rows, Writer out) throws IOException {
        JsonArray array = new JsonArray();
        rows.forEach(row -> array.add(object(row)));
        out.write(GSON.toJson(array));
        out.write('\n');
        out.flush();
    }

    private static JsonObject object(Row row) {
        JsonObject object = new JsonObject();
        object.addProperty("store", row.cell().store().name());
        object.addProperty("scenario", row.cell().scenario().name());
        object.addProperty("threads", row.cell().callers());
        object.addProperty("requests", row.requests());
        object.addProperty("errors", row.errors());
        object.addProperty("wallNanos", row.wallNanos());
        object.addProperty("throughputPerSecond", row.throughputPerSecond());
        object.add("latencyNanos", object(row.latency()));
        object.addProperty("upstreamCalls", row.upstreamCalls());
        object.addProperty("hitRatio", row.hitRatio());
        object.addProperty("settledNanos", row.settledNanos());
        object.addProperty("medianOf", row.repetitions());
        object.addProperty("spread", row.spread());
        object.addProperty("callerThreads", CallerThreads.kind());
        object.addProperty("java", Runtime.version().toString());
        object.addProperty("cpus", Runtime.getRuntime().availableProcessors());
        return object;
    }

    private static JsonObject object(Latency latency) {
        JsonObject object = new JsonObject();
        object.addProperty("min", latency.min());
        object.addProperty("mean", latency.mean());
        object.addProperty("p50", latency.p50());
        object.addProperty("p95", latency.p95());
        object.addProperty("p99", latency.p99());
        object.addProperty("p999", latency.p999());
        object.addProperty("max", latency.max());
        return object;
    }
}
