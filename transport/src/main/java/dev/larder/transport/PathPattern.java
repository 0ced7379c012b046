package dev.larder.transport;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which paths of URIs are meant: {@code *} stands for any characters within a segment, {@code **} for any characters,
 * all else for itself, as it is written in a URI.
 */
final class PathPattern {
    private static final String EVERYTHING_BELOW = "/**";

    private final String text;
    // What most patterns come down to: one path, or all below one. Neither takes an object per call.
    private final @Nullable String below;
    private final @Nullable Pattern pattern;

    private PathPattern(String text, @Nullable String below, @Nullable Pattern pattern) {
        this.text = text;
        this.below = below;
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException if it does not begin like a path, or has what no path has */
    static PathPattern parse(String text) {
        if (!text.startsWith("/") && !text.startsWith("*")) {
            throw new IllegalArgumentException(
                    "a path pattern begins with a slash, as in /v1/models/*, not '" + text + "'");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '?' || c == '#' || c <= ' ' || c >= 0x7f) {
                throw new IllegalArgumentException("a path pattern is written like the path of a URI, escapes"
                        + " included, without a query: '" + text + "' has '" + c + "'");
            }
        }
        if (text.indexOf('*') < 0) {
            return new PathPattern(text, null, null);
        }
        String folder = text.endsWith(EVERYTHING_BELOW) ? text.substring(0, text.length() - 2) : "*";
        return folder.indexOf('*') < 0
                ? new PathPattern(text, folder, null)
                : new PathPattern(text, null, Pattern.compile(regex(text)));
    }

    private static String regex(String text) {
        StringBuilder regex = new StringBuilder();
        int from = 0;
        for (int star = text.indexOf('*'); star >= 0; star = text.indexOf('*', from)) {
            regex.append(Pattern.quote(text.substring(from, star)));
            from = star;
            while (from < text.length() && text.charAt(from) == '*') {
                from++;
            }
            regex.append(from - star > 1 ? ".*" : "[^/]*");
        }
        return regex.append(Pattern.quote(text.substring(from))).toString();
    }

    /** @param path as it is written in a URI; none means the root */
    boolean matches(@Nullable String path) {
        String given = path == null || path.isEmpty() ? "/" : path;
        if (below != null) {
            // What is below a folder is, here, the folder too: /v1/** also means /v1.
            return given.startsWith(below) || (given.length() == below.length() - 1 && below.startsWith(given));
        }
        return pattern == null ? text.equals(given) : pattern.matcher(given).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
