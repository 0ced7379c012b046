package dev.larder.perf.micro;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.larder.perf.environment.Environment;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * The results as a JSON array, one object each.
 *
 * <p>The fields up to {@code unit} are what other programs read; those after it may change.
 */
public final class MicroJson {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    private MicroJson() {}

    /**
     * Writes the results and a line end.
     *
     * @throws IOException if {@code out} fails
     */
    public static void write(List<MicroResult> results, Environment environment, Writer out) throws IOException {
        JsonElement surroundings = GSON.toJsonTree(environment);
        JsonArray array = new JsonArray();
        results.forEach(result -> array.add(object(result, surroundings)));
        out.write(GSON.toJson(array));
        out.write('\n');
        out.flush();
    }

    private static JsonObject object(MicroResult result, JsonElement environment) {
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
        object.add("samples", GSON.toJsonTree(result.samples()));
        object.add("environment", environment);
        return object;
    }
}
