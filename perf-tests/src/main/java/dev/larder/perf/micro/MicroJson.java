package dev.larder.perf.micro;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
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
    public static void write(List<MicroResult> results, Writer out) throws IOException {
        JsonArray array = new JsonArray();
        results.forEach(result -> array.add(object(result)));
        out.write(GSON.toJson(array));
        out.write('\n');
        out.flush();
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
        object.add("samples", GSON.toJsonTree(result.samples()));
        object.addProperty("java", Runtime.version().toString());
        object.addProperty("cpus", Runtime.getRuntime().availableProcessors());
        return object;
    }
}
