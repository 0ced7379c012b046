package dev.larder.transport;

import dev.larder.transport.CacheControl.Argument;
import dev.larder.transport.CacheControl.Directive;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which of a response's fields say how a cache handles it: one aimed at it, or Cache-Control (RFC 9213). */
final class TargetedCacheControl {
    private TargetedCacheControl() {}

    /**
     * Returns the directives of the first field in {@code targets} that is there, valid and not empty, or else those of
     * Cache-Control (§2.2).
     *
     * @param targets names of fields aimed at this cache, the most specific first, such as {@code CDN-Cache-Control}
     */
    static CacheControl of(HttpHeaders headers, List<String> targets) {
        for (int i = 0; i < targets.size(); i++) {
            List<String> lines = headers.allValues(targets.get(i));
            CacheControl directives = lines.isEmpty() ? null : parse(lines);
            if (directives != null) {
                return directives;
            }
        }
        return CacheControl.ofResponse(headers);
    }

    /** Returns the directives of a targeted field, or null if it is to be ignored (§2.1). */
    static @Nullable CacheControl parse(List<String> lines) {
        Map<String, Object> members = StructuredDictionary.parse(lines);
        if (members == null || members.isEmpty()) {
            return null;
        }
        CacheControl.Builder builder = new CacheControl.Builder();
        for (Map.Entry<String, Object> member : members.entrySet()) {
            String name = member.getKey();
            Directive directive = Directive.of(name, 0, name.length());
            if (directive != null && !add(builder, directive, member.getValue())) {
                return null;
            }
        }
        return builder.buildTargeted();
    }

    /** Adds a directive if its value has the type that §2.1 infers for it; returns whether it has. */
    private static boolean add(CacheControl.Builder builder, Directive directive, Object value) {
        if (value == Boolean.FALSE) {
            return true;
        }
        if (directive.argument() == Argument.SECONDS) {
            if (!(value instanceof Long seconds) || seconds < 0) {
                return false;
            }
            builder.seconds(directive, Math.min(seconds, DeltaSeconds.LARGEST));
            return true;
        }
        if (directive.argument() == Argument.FIELDS) {
            if (value instanceof String list) {
                builder.fields(directive, list);
                return true;
            }
            if (value instanceof StructuredDictionary.Token token) {
                builder.fields(directive, token.text());
                return true;
            }
        }
        if (value == Boolean.TRUE) {
            builder.flag(directive);
            return true;
        }
        return false;
    }
}
