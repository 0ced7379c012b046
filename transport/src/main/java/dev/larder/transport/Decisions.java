package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to do with a request, a stored response and a response: pure functions of what they are given.
 *
 * <p>Here is where HTTP's caching rules live. Today a call without a rule goes upstream untouched; RFC 9111 will add
 * its answers to the same three questions.
 */
final class Decisions {
    // RFC 9111 §3.1, with the fields of RFC 9110 §7.6.1. Cookies are answers to one exchange, not part of a resource.
    private static final Set<String> NOT_KEPT = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "proxy-connection",
            "set-cookie",
            "set-cookie2",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");
    // RFC 9110 §13.1 and §14.2: the answer to one of these may be a part or a refusal that fits no other request.
    private static final List<String> CONDITIONAL =
            List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range");

    private Decisions() {}

    /**
     * Returns why {@code request} goes upstream without the cache, or null if it is looked up under {@code rule}.
     *
     * @param bodyLength the declared length of its body, negative if unknown, 0 without one
     * @param authenticated whether the client may add credentials that the request does not show
     */
    static @Nullable Bypass bypass(
            HttpRequest request, @Nullable CacheRule rule, long bodyLength, long maxBodyBytes, boolean authenticated) {
        if (rule == null) {
            return Bypass.configured("no rule");
        }
        if (authenticated && !rule.isSharedAcrossCredentials()) {
            return Bypass.configured("credentials of an authenticator");
        }
        if (bodyLength < 0) {
            return Bypass.configured("request body of unknown length");
        }
        if (bodyLength > maxBodyBytes) {
            return Bypass.configured("request body over the limit");
        }
        for (String name : CONDITIONAL) {
            if (request.headers().map().containsKey(name)) {
                return Bypass.requested(name.toLowerCase(Locale.ROOT));
            }
        }
        // RFC 9111 §5.2.1.4 and §5.2.1.5. Until requests can refresh what is kept, both let the call through.
        for (String directive : listOf(request.headers(), "Cache-Control")) {
            if (directive.equals("no-store") || directive.equals("no-cache")) {
                return Bypass.requested(directive);
            }
        }
        return null;
    }

    /** Returns how long {@code stored} may still be served for {@code request}; not positive if it may not. */
    static Duration freshFor(StoredResponse stored, HttpRequest request, CacheRule rule, Instant now) {
        if (!rule.accepts(stored.head().status()) || !isVariantFor(stored, request)) {
            return Duration.ZERO;
        }
        Instant end = after(stored.head().receivedAt(), rule.ttl());
        return between(now, end.isBefore(stored.deleteAt()) ? end : stored.deleteAt());
    }

    private static boolean isVariantFor(StoredResponse stored, HttpRequest request) {
        List<String> names = stored.head().varyNames();
        return names.isEmpty() || stored.head().variant().equals(KeyHasher.variantOf(stored.key(), request, names));
    }

    /** Returns why a response is not kept, or null if it is. */
    static @Nullable String refusal(int status, HttpHeaders headers, CacheRule rule, long maxEntryBytes) {
        if (!rule.accepts(status)) {
            return "status " + status;
        }
        if (listOf(headers, "Vary").contains("*")) {
            return "vary: *";
        }
        if (headers.map().containsKey("Content-Range")) {
            return "content-range";
        }
        return contentLength(headers) > maxEntryBytes ? "larger than the entry limit" : null;
    }

    /** Returns the declared length of a body, or -1 without a usable one. */
    static long contentLength(HttpHeaders headers) {
        return number(headers, "Content-Length", -1);
    }

    private static long number(HttpHeaders headers, String name, long otherwise) {
        List<String> lines = headers.map().get(name);
        if (lines == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(lines.get(0));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** Returns what is kept of a response before its body. */
    static StoredResponse.Head head(
            CacheKey key,
            HttpRequest request,
            CacheRule rule,
            int status,
            HttpClient.Version version,
            HttpHeaders headers,
            Instant now) {
        List<String> varyNames = listOf(headers, "Vary").stream()
                .map(KeyHeader::of)
                .filter(header -> !header.isInKey(rule) && !(rule.isSharedAcrossCredentials() && header.isCredential()))
                .map(KeyHeader::lowerCaseName)
                .distinct()
                .sorted()
                .toList();
        return new StoredResponse.Head(
                status,
                version,
                new Fields(kept(headers)),
                now,
                age(headers),
                varyNames,
                varyNames.isEmpty() ? key : KeyHasher.variantOf(key, request, varyNames));
    }

    /** Returns the end of retention of a response received at {@code receivedAt}. */
    static Instant deleteAt(Instant receivedAt, CacheRule rule) {
        return after(receivedAt, rule.ttl());
    }

    private static Map<String, List<String>> kept(HttpHeaders headers) {
        List<String> hopByHop = listOf(headers, "Connection");
        Map<String, List<String>> fields = new LinkedHashMap<>();
        headers.map().forEach((name, values) -> {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            // The JDK shows HTTP/2 pseudo-header fields among the others.
            if (!name.startsWith(":") && !NOT_KEPT.contains(lowerCase) && !hopByHop.contains(lowerCase)) {
                fields.put(name, values);
            }
        });
        return fields;
    }

    private static Duration age(HttpHeaders headers) {
        // RFC 9111 §5.1: the first value counts, and one that is no number is ignored.
        return Duration.ofSeconds(Math.min(Integer.MAX_VALUE, Math.max(0, number(headers, "Age", 0))));
    }

    /** Returns the members of a list-valued field in lower case (RFC 9110 §5.6.1). */
    private static List<String> listOf(HttpHeaders headers, String name) {
        List<String> lines = headers.map().get(name);
        if (lines == null) {
            return List.of();
        }
        List<String> members = new ArrayList<>();
        for (String line : lines) {
            for (String member : line.split(",")) {
                String stripped = member.strip();
                if (!stripped.isEmpty()) {
                    members.add(stripped.toLowerCase(Locale.ROOT));
                }
            }
        }
        return members;
    }

    private static Instant after(Instant from, Duration duration) {
        try {
            return from.plus(duration);
        } catch (DateTimeException | ArithmeticException e) {
            return Instant.MAX;
        }
    }

    private static Duration between(Instant from, Instant to) {
        try {
            return Duration.between(from, to);
        } catch (ArithmeticException e) {
            return Duration.ofSeconds(Long.MAX_VALUE);
        }
    }
}
