package dev.larder.perf.limits;

import com.google.gson.JsonObject;
import dev.larder.perf.environment.Environment;
import dev.larder.perf.report.JsonRows;
import java.util.List;

/**
 * The rows as a JSON array, one object each.
 *
 * <p>The fields up to {@code target} are what other programs read; those after it may change.
 */
public final class LimitsJson {
    private LimitsJson() {}

    /** Returns the rows and a line end. */
    public static String text(List<Row> rows, Environment environment) {
        return JsonRows.text(rows, environment, LimitsJson::object);
    }

    private static JsonObject object(Row row) {
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
        return object;
    }
}
