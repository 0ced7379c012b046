package dev.larder.transport;

import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to do with a request, a stored response and a response: pure functions of what they are given. A rule may
 * say what is kept and for how long; else HTTP does (RFC 9111). What a request itself asks for holds under both.
 */
final class Decisions {
    // Long after it became stale, a response can be confirmed by its validator, or help out when there is no other.
    private static final long KEPT_STALE_MILLIS = 30L * 24 * 60 * 60 * 1000;

    private Decisions() {}

    /**
     * Returns why {@code request} goes upstream without the cache, or null if an answer is looked for.
     *
     * @param conditional as {@link #isConditional} says
     * @param bodyLength the declared length of its body, negative if unknown, 0 without one
     * @param authenticated whether the client may add credentials that the request does not show
     */
    static @Nullable Bypass bypass(
            HttpRequest request,
            Policy policy,
            CacheControl asked,
            boolean conditional,
            long bodyLength,
            long maxBodyBytes,
            boolean authenticated) {
        String method = request.method();
        boolean reads = method.equals("GET") || method.equals("HEAD");
        if (policy.rule() != null && policy.rule().isForbidding()) {
            return Bypass.configured("a rule forbids it");
        }
        // RFC 9110 §9.2.3. What a POST brings is looked for by GET alone (PostAnswer), unless a rule says otherwise.
        if (!policy.isForced() && !reads && !method.equals("QUERY")) {
            return Bypass.method();
        }
        if (authenticated && !policy.isSharedAcrossCredentials()) {
            return Bypass.configured("credentials of an authenticator");
        }
        if (bodyLength < 0) {
            return Bypass.configured("request body of unknown length");
        }
        if (bodyLength > maxBodyBytes) {
            return Bypass.configured("request body over the limit");
        }
        // RFC 9111 §5.2.1.5
        if (asked.noStore()) {
            return Bypass.requested("no-store");
        }
        return conditional ? bypassForConditions(request, reads) : null;
    }

    private static @Nullable Bypass bypassForConditions(HttpRequest request, boolean reads) {
        for (String name : request.headers().map().keySet()) {
            KeyHeader header = KeyHeader.of(name);
            // RFC 9111 §4.3.2: preconditions of a change are for the origin server. Of other methods, all are.
            if (header.isCondition()
                    && (!reads
                            || header.lowerCaseName().equals("if-match")
                            || header.lowerCaseName().equals("if-unmodified-since"))) {
                return Bypass.requested(header.lowerCaseName());
            }
        }
        return null;
    }

    /** Returns whether the request has conditions of its own, or asks for a part. */
    static boolean isConditional(HttpRequest request) {
        Map<String, List<String>> headers = request.headers().map();
        if (headers.isEmpty()) {
            // Two iterators less for a GET that has none.
            return false;
        }
        for (String name : headers.keySet()) {
            if (KeyHeader.of(name).isCondition()) {
                return true;
            }
        }
        return false;
    }

    /** Returns what {@code stored}, which the request can choose, may be used for (RFC 9111 §4). */
    static Reuse reuse(Ask ask, StoredResponse stored, long nowMillis) {
        Policy policy = ask.policy();
        CacheRule rule = policy.rule();
        StoredResponse.Head head = stored.head();
        if (nowMillis >= stored.deleteAtMillis() || (rule != null && rule.isForced() && !rule.accepts(head.status()))) {
            return Reuse.MUST_REVALIDATE;
        }
        if (!head.varyNames().isEmpty() && head.varyNames().contains("*")) {
            return Reuse.MUST_REVALIDATE;
        }
        return Reuse.of(ask.asked(), policy.directives(head), policy.freshness(head), nowMillis, policy.shared());
    }

    /** Returns whether {@code stored} would do for a caller who asks for nothing special. */
    static boolean isFresh(Ask ask, StoredResponse stored, long nowMillis) {
        StoredResponse.Head head = stored.head();
        Policy policy = ask.policy();
        return Reuse.of(CacheControl.NONE, policy.directives(head), policy.freshness(head), nowMillis, policy.shared())
                == Reuse.FRESH;
    }

    /** Returns why a response is not kept, or null if it is. */
    static @Nullable String refusal(
            Ask ask, int status, HttpHeaders headers, CacheControl directives, long maxEntryBytes) {
        Policy policy = ask.policy();
        CacheRule rule = policy.rule();
        String reason = rule == null ? null : rule.refusal(status, headers);
        if (reason == null) {
            reason = policy.isForced(status)
                    ? refusalWhatever(headers)
                    : refusalOfHttp(ask, status, headers, directives);
        }
        if (reason != null) {
            return reason;
        }
        return !ask.isHead() && contentLength(headers) > maxEntryBytes ? "larger than the entry limit" : null;
    }

    /** What no rule makes an answer for a second call. */
    private static @Nullable String refusalWhatever(HttpHeaders headers) {
        if (VaryKey.isUnmatchable(headers.allValues("Vary"))) {
            return "vary: *";
        }
        return headers.map().containsKey("Content-Range") ? "content-range" : null;
    }

    private static @Nullable String refusalOfHttp(Ask ask, int status, HttpHeaders headers, CacheControl directives) {
        HttpRequest request = ask.request();
        boolean shared = ask.policy().shared();
        String refusal = Storability.refusal(
                request.method(),
                request.uri(),
                ask.asked(),
                !ask.policy().isSharedAcrossCredentials()
                        && request.headers().map().containsKey("Authorization"),
                status,
                headers,
                directives,
                shared);
        // It might be kept. But there is nothing that it could be used for as long as the upstream lives.
        return refusal == null
                        && !Freshness.isExplicit(headers, directives, shared)
                        && !ask.policy().hasDefault(status)
                        && !hasValidator(headers)
                ? "neither freshness nor a validator"
                : refusal;
    }

    private static boolean hasValidator(HttpHeaders headers) {
        return headers.map().containsKey("ETag") || headers.map().containsKey("Last-Modified");
    }

    /** Returns the declared length of a body, or -1 without a usable one. */
    static long contentLength(HttpHeaders headers) {
        List<String> lines = headers.map().get("Content-Length");
        return lines == null
                ? -1
                : RangeRequest.number(lines.get(0), 0, lines.get(0).length());
    }

    /** Returns what is kept of a response before its body. */
    static StoredResponse.Head head(
            Policy policy,
            int status,
            HttpClient.Version version,
            HttpHeaders headers,
            CacheControl directives,
            long requestedAtMillis,
            long receivedAtMillis) {
        HttpHeaders fields =
                StoredFields.of(headers, directives, policy.shared(), policy.keepsSetCookie(), receivedAtMillis);
        return new StoredResponse.Head(
                status,
                version,
                new Fields(fields.map()),
                policy.freshnessOf(status, fields, directives, requestedAtMillis, receivedAtMillis),
                directives,
                varyNames(policy, headers));
    }

    /** Returns {@code stored} with what a 304, or the answer to HEAD, says anew (RFC 9111 §3.2). */
    static StoredResponse.Head updated(
            Policy policy,
            StoredResponse.Head stored,
            HttpHeaders update,
            long requestedAtMillis,
            long receivedAtMillis) {
        int status = stored.status();
        HttpHeaders fields = StoredFields.updated(
                stored.headers(),
                update,
                policy.directivesOf(status, update),
                policy.shared(),
                policy.keepsSetCookie(),
                receivedAtMillis);
        CacheControl directives = policy.directivesOf(status, fields);
        return new StoredResponse.Head(
                status,
                stored.version(),
                new Fields(fields.map()),
                policy.freshnessOf(status, fields, directives, requestedAtMillis, receivedAtMillis),
                directives,
                stored.varyNames());
    }

    /** Returns the request headers that a response varies by beyond those that are in every key. */
    private static List<String> varyNames(Policy policy, HttpHeaders headers) {
        List<String> all = VaryKey.names(headers.allValues("Vary"));
        if (all.isEmpty()) {
            return all;
        }
        List<String> names = new ArrayList<>(all.size());
        for (String name : all) {
            KeyHeader header = KeyHeader.of(name);
            if (!policy.isInKey(header) && !(policy.isSharedAcrossCredentials() && header.isCredential())) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    /** Returns the end of retention: under a rule that of its time, else long enough to be asked about once more. */
    static long deleteAtMillis(Policy policy, StoredResponse.Head head) {
        Freshness freshness = policy.freshness(head);
        CacheControl directives = policy.directives(head);
        long stale = Math.max(0, Math.max(directives.staleWhileRevalidate(), directives.staleIfError())) * 1000;
        return plus(
                plus(freshness.receivedAtMillis(), freshness.lifetimeMillis()),
                policy.isForced() ? stale : Math.max(stale, KEPT_STALE_MILLIS));
    }

    static Instant instant(long millis) {
        return millis == Long.MAX_VALUE ? Instant.MAX : Instant.ofEpochMilli(millis);
    }

    private static long plus(long some, long others) {
        return some > Long.MAX_VALUE - others ? Long.MAX_VALUE : some + others;
    }
}
