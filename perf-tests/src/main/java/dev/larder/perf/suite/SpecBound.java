package dev.larder.perf.suite;

import dev.larder.cache.CacheStores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Bounds in the text that opens a store, as {@link CacheStores} reads it. */
final class SpecBound {
    private static final String OPTION = "maxBytes";
    private static final String TIERED = "tiered";

    private SpecBound() {}

    /** Returns whether a store in {@code spec} has a location: a file, or a server. */
    static boolean namesAPlace(String spec) {
        return Arrays.stream(spec.split(",", -1))
                .map(element -> element.strip().split("\\?", 2)[0])
                .anyMatch(element -> element.contains(":") && !element.endsWith(":"));
    }

    /**
     * Returns {@code spec} with a bound of so many bytes. Of tiers the farthest has three quarters of it and the nearer
     * ones share the rest, so that all of them together hold no more than one store that has no tiers.
     */
    static String within(long maxBytes, String spec) {
        List<String> elements = new ArrayList<>(Arrays.asList(spec.split(",", -1)));
        int first = elements.get(0).strip().split("[:?]", 2)[0].equals(TIERED) ? 1 : 0;
        int near = elements.size() - first - 1;
        for (int i = first; i < elements.size(); i++) {
            boolean farthest = i == elements.size() - 1;
            long share = near <= 0 ? maxBytes : farthest ? maxBytes / 4 * 3 : maxBytes / 4 / near;
            elements.set(i, bounded(elements.get(i).strip(), share));
        }
        return String.join(",", elements);
    }

    /** Returns {@code spec} with an option of the store, or of the farthest tier, in place of what it has of it. */
    static String withOption(String spec, String option, String value) {
        int last = spec.lastIndexOf(',') + 1;
        return spec.substring(0, last) + element(spec.substring(last).strip(), option, value);
    }

    private static String bounded(String element, long maxBytes) {
        return element(element, OPTION, Long.toString(maxBytes));
    }

    private static String element(String element, String option, String value) {
        String[] parts = element.split("\\?", 2);
        String others = parts.length == 1
                ? ""
                : Arrays.stream(parts[1].split("&", -1))
                        .filter(other -> !other.startsWith(option + "="))
                        .map(other -> other + "&")
                        .collect(Collectors.joining());
        return parts[0] + (parts[0].contains(":") ? "" : ":") + "?" + others + option + "=" + value;
    }
}
