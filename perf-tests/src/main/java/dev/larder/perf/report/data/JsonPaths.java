package dev.larder.perf.report.data;

import com.google.gson.JsonElement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values of JSON by where they are: the 2 in {@code {"machine": {"cores": 2}}} is {@code machine.cores}. */
public final class JsonPaths {
    private JsonPaths() {}

    /** Returns the values by their paths, those of objects among them included; what is null is left out. */
    public static Map<String, JsonElement> of(Map<String, JsonElement> values) {
        Map<String, JsonElement> paths = new LinkedHashMap<>();
        values.forEach((name, value) -> add(name, value, paths));
        return Collections.unmodifiableMap(paths);
    }

    private static void add(String path, JsonElement value, Map<String, JsonElement> paths) {
        if (value.isJsonObject()) {
            value.getAsJsonObject().asMap().forEach((name, inner) -> add(path + "." + name, inner, paths));
        } else if (!value.isJsonNull()) {
            paths.put(path, value);
        }
    }
}
