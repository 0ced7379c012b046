package dev.larder.perf.report.content;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.larder.perf.report.data.Amounts;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Values of JSON for people, by what their names say of their units. */
final class Values {
    private static final Set<String> ABBREVIATIONS = Set.of("cpu", "os", "jvm", "gc", "id", "wal");

    private Values() {}

    /** Returns a name in JSON as words: {@code machine.maxHeapBytes} is "machine, max heap". */
    static String words(String name) {
        String[] parts = name.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = parts[i].replaceAll("(?<=.)(Nanos|Bytes|Millis|Micros|PerSecond)$", "")
                    .replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ");
            parts[i] = parts[i].isEmpty() || Character.isUpperCase(name.charAt(0)) ? parts[i] : lower(parts[i]);
        }
        return String.join(", ", parts);
    }

    /** Lower case but for words that are capital throughout, such as GC. */
    private static String lower(String words) {
        StringBuilder lower = new StringBuilder();
        for (String word : words.split(" ", -1)) {
            boolean capital = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
            String small = word.toLowerCase(Locale.ROOT);
            lower.append(lower.isEmpty() ? "" : " ");
            lower.append(capital ? word : ABBREVIATIONS.contains(small) ? small.toUpperCase(Locale.ROOT) : small);
        }
        return lower.toString();
    }

    /** Returns a value in the unit that its path names. */
    static String text(String path, JsonElement value) {
        if (value.isJsonArray()) {
            return StreamSupport.stream(value.getAsJsonArray().spliterator(), false)
                    .map(element -> element.isJsonPrimitive() ? text(path, element) : element.toString())
                    .collect(Collectors.joining(", "));
        }
        if (!value.isJsonPrimitive()) {
            return value.toString();
        }
        JsonPrimitive primitive = value.getAsJsonPrimitive();
        if (primitive.isBoolean()) {
            return primitive.getAsBoolean() ? "yes" : "no";
        }
        return primitive.isNumber() ? number(path, primitive.getAsDouble()) : primitive.getAsString();
    }

    private static String number(String path, double number) {
        if (path.matches("(?i).*nanos(\\.\\w+)?")) {
            return Amounts.time(number);
        }
        if (path.endsWith("Micros")) {
            return Amounts.time(number * 1e3);
        }
        if (path.endsWith("Millis")) {
            return Amounts.time(number * 1e6);
        }
        if (path.matches("(?i).*(bytes|heap\\w*)(\\.\\w+)?")) {
            return Amounts.bytes(number);
        }
        if (path.endsWith("PerSecond")) {
            return Amounts.rate(number);
        }
        if (path.matches("(?i).*share")) {
            return Amounts.percent(number);
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Amounts.count((long) number)
                : Amounts.ratio(number);
    }
}
