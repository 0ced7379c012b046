package dev.larder.perf.report.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one object in a file of results; complains of those that are missing with the place they are missing at. */
final class Fields {
    private final JsonObject object;
    private final String where;

    /** @param where names the object in complaints */
    Fields(JsonElement element, String where) throws BadResultsException {
        if (!element.isJsonObject()) {
            throw new BadResultsException(where + " is no JSON object");
        }
        this.object = element.getAsJsonObject();
        this.where = where;
    }

    boolean has(String name) {
        return object.has(name) && !object.get(name).isJsonNull();
    }

    /** Returns all of them by their names. */
    Map<String, JsonElement> values() {
        return object.asMap();
    }

    String text(String name) throws BadResultsException {
        if (!has(name)
                || !object.get(name).isJsonPrimitive()
                || !object.getAsJsonPrimitive(name).isString()) {
            throw missing("text", name);
        }
        return object.get(name).getAsString();
    }

    String text(String name, String otherwise) throws BadResultsException {
        return has(name) ? text(name) : otherwise;
    }

    double number(String name) throws BadResultsException {
        if (!has(name)
                || !object.get(name).isJsonPrimitive()
                || !object.getAsJsonPrimitive(name).isNumber()) {
            throw missing("number", name);
        }
        double number = object.get(name).getAsDouble();
        if (!Double.isFinite(number)) {
            throw missing("finite number", name);
        }
        return number;
    }

    double number(String name, double otherwise) throws BadResultsException {
        return has(name) ? number(name) : otherwise;
    }

    /** Returns a count or a time, none of which is negative; what comes behind its point is cut off. */
    long whole(String name) throws BadResultsException {
        double number = number(name);
        if (number < 0) {
            throw missing("non-negative number", name);
        }
        return (long) number;
    }

    long whole(String name, long otherwise) throws BadResultsException {
        return has(name) ? whole(name) : otherwise;
    }

    boolean flag(String name) {
        return has(name)
                && object.get(name).isJsonPrimitive()
                && object.get(name).getAsBoolean();
    }

    @Nullable
    Fields object(String name) throws BadResultsException {
        return has(name) ? new Fields(object.get(name), where + ", '" + name + "'") : null;
    }

    /** Returns an object that every result has. */
    Fields required(String name) throws BadResultsException {
        Fields fields = object(name);
        if (fields == null) {
            throw missing("object", name);
        }
        return fields;
    }

    /** Returns the objects of an array; none if it is missing. */
    List<Fields> objects(String name) throws BadResultsException {
        List<Fields> objects = new ArrayList<>();
        for (JsonElement element : array(name)) {
            objects.add(new Fields(element, where + ", '" + name + "' " + (objects.size() + 1)));
        }
        return objects;
    }

    /** Returns the texts of an array; none if it is missing. */
    List<String> texts(String name) throws BadResultsException {
        List<String> texts = new ArrayList<>();
        for (JsonElement element : array(name)) {
            texts.add(element.isJsonPrimitive() ? element.getAsString() : element.toString());
        }
        return texts;
    }

    private JsonArray array(String name) throws BadResultsException {
        if (!has(name)) {
            return new JsonArray();
        }
        if (!object.get(name).isJsonArray()) {
            throw missing("array", name);
        }
        return object.getAsJsonArray(name);
    }

    private BadResultsException missing(String kind, String name) {
        return new BadResultsException(where + " has no " + kind + " '" + name + "'");
    }
}
