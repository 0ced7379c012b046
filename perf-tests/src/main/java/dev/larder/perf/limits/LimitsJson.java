package dev.larder.perf.limits;

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
 * The rows as a JSON array, one object each.
 *
 * <p>The fields up to {@code target} are what other programs read; those after it may change.
 */
public final class LimitsJson {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    private LimitsJson() {}

    /**
     * Writes the rows and a line end.
     *
     * @throws IOException if {@code out} fails
     */
    public static void write(List<Row> rows, Environment environment, Writer out) throws IOException {
        JsonElement surroundings = GSON.toJsonTree(environment);
        JsonArray array = new JsonArray();
        rows.forEach(row -> array.add(object(row, surroundings)));
        out.write(GSON.toJson(array));
        out.write('\n');
        out.flush();
    }

    private static JsonObject object(Row row, JsonElement environment) {
        Target target = row.target();
        JsonObject object = new JsonObject();
        object.addProperty("name", row.name());
        object.addProperty("ratio", row.ratio());
        object.addProperty("ours", row.ours());
        object.addProperty("floor", row.floor());
        object.addProperty("target", target == null ? null : target.value());
        object.addProperty("targetIs", target == null ? null : target.atLeast() ? "at least" : "at most");
        object.addProperty("holds", row.holds());
        object.addProperty("unit", row.unit().symbol());
        object.addProperty("lowestRatio", row.lowestRatio());
        object.addProperty("highestRatio", row.highestRatio());
        object.addProperty("oursSpread", row.oursSpread());
        object.addProperty("floorSpread", row.floorSpread());
        object.addProperty("repetitions", row.repetitions());
        object.add("environment", environment);
        return object;
    }
}
