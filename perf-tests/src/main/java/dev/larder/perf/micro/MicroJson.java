package dev.larder.perf.micro;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.larder.perf.environment.Environment;
import dev.larder.perf.report.JsonRows;
import java.util.List;

/**
 * The results as a JSON array, one object each.
 *
 * <p>The fields up to {@code unit} are what other programs read; those after it may change.
 */
public final class MicroJson {
    private MicroJson() {}

    /** Returns the results and a line end. */
    public static String text(List<MicroResult> results, Environment environment) {
        return JsonRows.text(results, environment, MicroJson::object);
    }

    private static JsonObject object(MicroResult result) {
        JsonObject object = new JsonObject();
        object.addProperty("benchmark", result.benchmark());
        object.addProperty("store", result.store());
        object.addProperty("nanosPerOp", result.nanosPerOp());
        object.addProperty("error", result.error());
        object.addProperty("bytesPerOp", result.bytesPerOp());
        object.addProperty("unit", "ns/op");
        object.addProperty("sentence", result.sentence());
        object.addProperty("collections", result.collections());
        object.addProperty("forks", result.forks());
        JsonArray samples = new JsonArray();
        result.samples().forEach(samples::add);
        object.add("samples", samples);
        return object;
    }
}
