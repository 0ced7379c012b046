package dev.larder.perf.baseline;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a run from the JSON that the load suite has written. */
public final class RunFile {
    private RunFile() {}

    /**
     * Returns the run in a file.
     *
     * @throws BaselineException if there is no such file, or it holds something else
     */
    public static Run read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new BaselineException("cannot read " + file + ": there is no such file");
        } catch (CharacterCodingException e) {
            throw new BaselineException("cannot read " + file + ": it is no text");
        } catch (IOException e) {
            throw new BaselineException("cannot read " + file + ": "
                    + (Files.isDirectory(file) ? "it is a directory" : "permission denied, or the disk failed"));
        }
        return parse(text, file.toString());
    }

    /**
     * Returns the run in a text.
     *
     * @param name what the user calls it
     * @throws BaselineException if the text is something else
     */
    public static Run parse(String text, String name) {
        JsonElement json;
        try {
            json = JsonParser.parseString(text);
        } catch (JsonParseException e) {
            throw new BaselineException(name + " is not JSON: give a file that larder bench --json has written");
        }
        try {
            return run(json.getAsJsonArray());
        } catch (IllegalStateException | UnsupportedOperationException | NumberFormatException | Missing e) {
            throw new BaselineException(
                    name + " is not a result of larder bench: give a file that larder bench --json has written");
        }
    }

    private static Run run(JsonArray array) {
        Map<RowKey, Run.Row> rows = new LinkedHashMap<>();
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonElement each : array) {
            JsonObject object = each.getAsJsonObject();
            RowKey key = new RowKey(
                    text(object, "store"),
                    text(object, "scenario"),
                    field(object, "threads").getAsInt());
            rows.putIfAbsent(key, row(object));
            JsonElement around = object.get("environment");
            if (environment.isEmpty() && around != null) {
                flatten("", around.getAsJsonObject(), environment);
            }
        }
        if (rows.isEmpty()) {
            throw new Missing();
        }
        return new Run(rows, environment);
    }

    private static Run.Row row(JsonObject object) {
        // Files of the time before repetitions were written have only their medians, which is one repetition.
        JsonElement repetitions = object.get("repetitions");
        Map<Metric, List<Double>> samples = new EnumMap<>(Metric.class);
        if (repetitions == null || repetitions.getAsJsonArray().isEmpty()) {
            add(object, samples);
        } else {
            repetitions.getAsJsonArray().forEach(repetition -> add(repetition.getAsJsonObject(), samples));
        }
        JsonElement floor = object.get("baseline");
        return new Run.Row(samples, floor != null && floor.getAsBoolean());
    }

    private static void add(JsonObject repetition, Map<Metric, List<Double>> samples) {
        JsonObject latency = field(repetition, "latencyNanos").getAsJsonObject();
        for (Metric metric : Metric.values()) {
            double value = switch (metric) {
                case THROUGHPUT -> number(repetition, "throughputPerSecond");
                case P50 -> number(latency, "p50");
                case P99 -> number(latency, "p99");
            };
            samples.computeIfAbsent(metric, key -> new ArrayList<>()).add(value);
        }
    }

    private static void flatten(String prefix, JsonObject object, Map<String, String> into) {
        object.entrySet().forEach(entry -> {
            if (entry.getValue().isJsonObject()) {
                flatten(prefix + entry.getKey() + ".", entry.getValue().getAsJsonObject(), into);
            } else {
                JsonElement value = entry.getValue();
                into.put(prefix + entry.getKey(), value.isJsonPrimitive() ? value.getAsString() : value.toString());
            }
        });
    }

    private static double number(JsonObject object, String name) {
        double number = primitive(object, name).getAsDouble();
        if (!(number >= 0) || Double.isInfinite(number)) {
            throw new Missing();
        }
        return number;
    }

    private static String text(JsonObject object, String name) {
        JsonPrimitive primitive = primitive(object, name);
        if (!primitive.isString()) {
            throw new Missing();
        }
        return primitive.getAsString();
    }

    private static JsonPrimitive primitive(JsonObject object, String name) {
        return field(object, name).getAsJsonPrimitive();
    }

    private static JsonElement field(JsonObject object, String name) {
        JsonElement field = object.get(name);
        if (field == null) {
            throw new Missing();
        }
        return field;
    }

    /** A field that every result has is not there, or holds what no result does. */
    private static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
