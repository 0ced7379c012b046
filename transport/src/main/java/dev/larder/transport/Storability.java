package dev.larder.transport;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a response may be stored (RFC 9111 §3). */
final class Storability {
    private Storability() {}

    /**
     * Returns why the response to a request may not be stored, or null if it may.
     *
     * <p>A 206 may be stored as the part that it is, by a cache that can tell it from the whole (§3.3). Nothing is said
     * of Vary: a response that matches no request may be stored, and validated (§4.1).
     *
     * @param asked the directives of the request
     * @param authorized whether the request had an Authorization field
     * @param directives the directives of the response
     */
    static @Nullable String refusal(
            String method,
            URI target,
            CacheControl asked,
            boolean authorized,
            int status,
            HttpHeaders headers,
            CacheControl directives,
            boolean shared) {
        String reason = refusalOfMethod(method, target, status, headers, directives, shared);
        if (reason == null) {
            reason = refusalOfStatus(method, status, headers);
        }
        if (reason != null) {
            return reason;
        }
        // §5.2.1.5
        if (asked.noStore()) {
            return "no-store in the request";
        }
        // §5.2.2.3: who understands the status may do what its definition says, whatever no-store says to others.
        if (directives.mustUnderstand() ? !isUnderstood(status) : directives.noStore()) {
            return directives.mustUnderstand() ? "must-understand" : "no-store";
        }
        if (shared && directives.privateResponse()) {
            return "private";
        }
        if (shared && authorized && !isForEverybody(directives)) {
            return "authorization";
        }
        return isAllowed(status, headers, directives, shared) ? null : "no freshness";
    }

    /**
     * Returns whether larder implements all that is specified about caching responses with a status (§3): the final
     * ones of RFC 9110 §15 whose definitions ask nothing that a cache has to know.
     */
    static boolean isUnderstood(int status) {
        return switch (status) {
            case 200, 201, 202, 203, 204, 205, 206 -> true;
            case 300, 301, 302, 303, 305, 307, 308 -> true;
            case 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 413, 414, 415, 417, 421, 422, 426 -> true;
            case 500, 501, 502, 503, 504, 505 -> true;
            default -> false;
        };
    }

    private static @Nullable String refusalOfMethod(
            String method, URI target, int status, HttpHeaders headers, CacheControl directives, boolean shared) {
        return switch (method) {
            case "GET", "HEAD", "QUERY" -> null;
            case "POST" -> {
                // RFC 9110 §9.3.3: only as what a GET would bring, and if the response says so itself (§8.7).
                boolean stands = status >= 200
                        && status < 300
                        && Freshness.isExplicit(headers, directives, shared)
                        && isAbout(target, headers.allValues("Content-Location"));
                yield stands ? null : "method POST";
            }
            default -> "method " + method;
        };
    }

    private static @Nullable String refusalOfStatus(String method, int status, HttpHeaders headers) {
        boolean refused = switch (status) {
            // §4.3.4: an update of what is stored. The other two answer conditions and ranges of one request.
            case 304, 412, 416 -> true;
            // RFC 6585 §3 to §6: "MUST NOT be stored by a cache".
            case 428, 429, 431, 511 -> true;
            // RFC 9110 §14.2: ranges are defined for GET. Nobody would know where another part belongs.
            case 206 -> !method.equals("GET") || !isOnePart(headers);
            default -> status < 200 || status > 599;
        };
        return refused ? "status " + status : null;
    }

    private static boolean isOnePart(HttpHeaders headers) {
        ContentRange part = ContentRange.of(headers.allValues("Content-Range"));
        return part != null && part.range() != null;
    }

    /** §3.5 */
    private static boolean isForEverybody(CacheControl directives) {
        return directives.mustRevalidate() || directives.publicResponse() || directives.sMaxage() >= 0;
    }

    /** The last point of §3: something has to say that the response may be stored. */
    private static boolean isAllowed(int status, HttpHeaders headers, CacheControl directives, boolean shared) {
        return Freshness.isHeuristicallyCacheable(status)
                || directives.publicResponse()
                || (!shared && directives.has(CacheControl.Directive.PRIVATE))
                || Freshness.isExplicit(headers, directives, shared);
    }

    private static boolean isAbout(URI target, List<String> contentLocation) {
        if (contentLocation.size() != 1) {
            return false;
        }
        URI location = TargetUri.resolve(target, contentLocation.get(0));
        return location != null && location.equals(TargetUri.normalize(target));
    }
}
