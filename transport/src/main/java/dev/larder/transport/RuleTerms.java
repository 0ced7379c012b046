package dev.larder.transport;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a rule has been told: each method of {@link CacheRule} changes one of these, in a copy that no other rule has
 * yet. Never changed afterwards.
 */
final class RuleTerms implements Cloneable {
    @Nullable
    String name;

    // Which requests. Empty lists mean all.
    Set<String> methods = Set.of();
    List<HostPattern> hosts = List.of();
    List<PathPattern> paths = List.of();
    List<MediaRange> requestTypes = List.of();
    Predicate<HttpRequest> condition = request -> true;

    // For how long.
    boolean forbidden;
    boolean byHttp;

    @Nullable
    Duration ttl;

    @Nullable
    Duration defaultTtl;

    Map<Integer, Duration> ttlByStatus = Map.of();

    @Nullable
    Duration staleWhileRevalidate;

    @Nullable
    Duration staleIfError;

    // Which answers.
    Set<Integer> statuses = Set.of();
    List<MediaRange> responseTypes = List.of();
    // Negative for the client's.
    long maxEntryBytes = -1;
    boolean keepsSetCookie;

    // For whom, and by which names they are removed.
    Set<String> keyHeaders = Set.of();
    boolean sharedAcrossCredentials;

    // Sorted. Null if bodies are not read as JSON.
    @Nullable
    Set<String> ignoredFields;

    Set<String> tags = Set.of();
    List<Function<HttpRequest, ? extends Collection<String>>> requestTags = List.of();
    List<String> tagHeaders = List.of();

    RuleTerms copy() {
        try {
            return (RuleTerms) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("it is Cloneable", e);
        }
    }

    /** Returns what these terms lack, or contradict themselves in; null if they make a rule. */
    @Nullable
    String problem() {
        boolean forced = ttl != null || !ttlByStatus.isEmpty();
        if (forbidden) {
            return forced || byHttp || defaultTtl != null
                    ? "forbids the cache and says how long to keep answers: leave one of the two out"
                    : null;
        }
        if (ttl != null && (byHttp || defaultTtl != null)) {
            return "has a ttl, which holds whatever a response says, and byHttp() or a defaultTtl, which do not:"
                    + " leave one of the two out";
        }
        if (byHttp || defaultTtl != null) {
            return methods.isEmpty() || methods.stream().anyMatch(RuleTerms::isAnsweredByHttp)
                    ? null
                    : "leaves to HTTP what HTTP does not let a cache answer: give " + methods + " a ttl(Duration)";
        }
        return forced ? null : "does not say how long: add ttl(Duration), defaultTtl(Duration), byHttp() or forbid()";
    }

    private static boolean isAnsweredByHttp(String method) {
        return method.equals("GET") || method.equals("HEAD") || method.equals("QUERY");
    }

    /** Returns whether the rule decides on what it covers, rather than HTTP with additions. */
    boolean isForced() {
        return !byHttp && defaultTtl == null && !forbidden;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        parts.add((name == null ? "" : name + ": ")
                + (methods.isEmpty() ? "any" : String.join("|", new TreeSet<>(methods))));
        add(parts, "host=", hosts);
        add(parts, "path=", paths);
        add(parts, "request type=", requestTypes);
        if (forbidden) {
            parts.add("forbidden");
        } else if (!isForced()) {
            parts.add("by HTTP");
        }
        add(parts, "ttl=", ttl);
        add(parts, "default ttl=", defaultTtl);
        add(parts, "ttl by status=", ttlByStatus);
        add(parts, "stale while revalidate=", staleWhileRevalidate);
        add(parts, "stale if error=", staleIfError);
        add(parts, "statuses=", statuses);
        add(parts, "response type=", responseTypes);
        if (ignoredFields != null) {
            parts.add("JSON" + (ignoredFields.isEmpty() ? "" : " without " + ignoredFields));
        }
        if (sharedAcrossCredentials) {
            parts.add("shared across credentials");
        }
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, String label, @Nullable Object value) {
        boolean isEmpty = value == null
                || (value instanceof Collection<?> collection && collection.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
        if (!isEmpty) {
            parts.add(label + value);
        }
    }
}
