package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The names that a rule gives to what is kept by it, for its removal. Behind a prefix, so that no tag of a user's or an
 * upstream's is one of ours.
 */
record RuleTags(
        @Nullable String rule,
        Set<String> fixed,
        List<Function<HttpRequest, ? extends Collection<String>>> ofRequest,
        List<String> headers) {
    static final int MOST = 64;
    static final int LONGEST = 256;

    private static final String TAG = "tag:";

    /** @throws IllegalArgumentException if it is none that a store takes */
    static String checked(String tag) {
        if (tag.isEmpty()
                || tag.length() > LONGEST
                || !StandardCharsets.UTF_8.newEncoder().canEncode(tag)) {
            throw new IllegalArgumentException("a tag or name has 1 to " + LONGEST
                    + " characters of Unicode text, without half a surrogate pair: '" + tag + "'");
        }
        return tag;
    }

    /** Returns the name of everything with a tag of a user's. */
    static String ofTag(String tag) {
        return TAG + tag;
    }

    static boolean isOfUser(String name) {
        return name.startsWith(TAG);
    }

    /** Returns the tag in a name that {@link #isOfUser}. */
    static String shown(String name) {
        return name.substring(TAG.length());
    }

    /** Returns the name of everything that is kept by the rule with this name. */
    static String ofRule(String name) {
        return "rule:" + name;
    }

    /**
     * Adds the names of a response.
     *
     * @throws RuntimeException if a function of the user's fails
     */
    void addTo(Set<String> names, HttpRequest request, HttpHeaders response) {
        if (rule != null) {
            names.add(ofRule(rule));
        }
        fixed.forEach(tag -> names.add(ofTag(tag)));
        for (Function<HttpRequest, ? extends Collection<String>> function : ofRequest) {
            function.apply(request).forEach(tag -> names.add(ofTag(checked(tag))));
        }
        int left = MOST;
        for (String header : headers) {
            for (String line : response.allValues(header)) {
                for (String tag : line.split("[, \t]+", -1)) {
                    if (!tag.isEmpty() && tag.length() <= LONGEST && left > 0) {
                        left--;
                        names.add(ofTag(tag));
                    }
                }
            }
        }
    }
}
