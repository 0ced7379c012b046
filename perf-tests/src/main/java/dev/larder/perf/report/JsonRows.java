package dev.larder.perf.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.larder.perf.environment.Environment;
import java.util.List;
import java.util.function.Function;

/** Results of whichever kind as a JSON array, one object each, which ends with the environment it was measured in. */
public final class JsonRows {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    private JsonRows() {}

    /**
     * Returns the results and a line end.
     *
     * @param row makes the object of a result
     */
    public static <T> String text(List<? extends T> results, Environment environment, Function<T, JsonObject> row) {
        JsonElement around = GSON.toJsonTree(environment);
        JsonArray array = new JsonArray();
        for (T result : results) {
            JsonObject object = row.apply(result);
            object.add("environment", around);
            array.add(object);
        }
        return GSON.toJson(array) + "\n";
    }
}
