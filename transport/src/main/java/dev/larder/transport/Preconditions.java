package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a caller's own conditions on a request that a stored response could answer (RFC 9110 §13.2.2,
 * RFC 9111 §4.3.2).
 */
enum Preconditions {
    /** Nothing: the stored response answers as it is. */
    SATISFIED,

    /** The caller has what is stored: 304. */
    NOT_MODIFIED,

    /** A cache may not decide: the request goes to the origin server as it is. */
    FORWARD;

    /**
     * Returns the outcome, to be asked once it is known that {@code status} and {@code stored} would be served.
     *
     * @param receivedAtMillis when the stored response arrived or was last validated
     */
    static Preconditions evaluate(
            String method, HttpHeaders request, int status, HttpHeaders stored, long receivedAtMillis) {
        // RFC 9111 §4.3.2: these two are for an origin server alone.
        if (isPresent(request, "If-Match") || isPresent(request, "If-Unmodified-Since")) {
            return FORWARD;
        }
        List<String> noneMatch = request.allValues("If-None-Match");
        List<String> modifiedSince = request.allValues("If-Modified-Since");
        if (noneMatch.isEmpty() && modifiedSince.isEmpty()) {
            return SATISFIED;
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return FORWARD;
        }
        // RFC 9110 §13.2.1: conditions change no answer but a successful one.
        if (status != 200 && status != 206) {
            return SATISFIED;
        }
        if (!noneMatch.isEmpty()) {
            return isListed(noneMatch, stored) ? NOT_MODIFIED : SATISFIED;
        }
        return isUnmodifiedSince(modifiedSince, stored, receivedAtMillis) ? NOT_MODIFIED : SATISFIED;
    }

    /** Returns whether a request can be answered with a 304. */
    static boolean asksForChange(HttpHeaders request) {
        return isPresent(request, "If-None-Match") || isPresent(request, "If-Modified-Since");
    }

    /**
     * Returns whether If-Range lets the Range field of a request be (RFC 9110 §13.1.5); true without one.
     *
     * @param receivedAtMillis when the stored response arrived or was last validated
     */
    static boolean isRangeWanted(HttpHeaders request, HttpHeaders stored, long receivedAtMillis) {
        List<String> lines = request.allValues("If-Range");
        if (lines.isEmpty()) {
            return true;
        }
        if (lines.size() > 1) {
            return false;
        }
        String condition = FieldList.trim(lines.get(0));
        int quote = condition.indexOf('"');
        if (quote >= 0 && quote < 3) {
            EntityTag wanted = EntityTag.parse(condition);
            EntityTag have = EntityTag.of(stored.allValues("ETag"));
            return wanted != null && have != null && wanted.matchesStrongly(have);
        }
        long now = Math.floorDiv(receivedAtMillis, 1000L);
        long modified = date(stored, "Last-Modified", now);
        return modified != HttpDate.INVALID
                && modified == HttpDate.parse(condition, now)
                && isLastModifiedStrong(stored, receivedAtMillis);
    }

    /**
     * Returns whether the Last-Modified of a stored response tells bytes apart (RFC 9110 §8.8.2.2): what was modified
     * in the second it was sent may have been modified in it again.
     */
    static boolean isLastModifiedStrong(HttpHeaders stored, long receivedAtMillis) {
        long now = Math.floorDiv(receivedAtMillis, 1000L);
        long modified = date(stored, "Last-Modified", now);
        long date = date(stored, "Date", now);
        return modified != HttpDate.INVALID && date != HttpDate.INVALID && date > modified;
    }

    private static boolean isListed(List<String> noneMatch, HttpHeaders stored) {
        if (EntityTag.isAny(noneMatch)) {
            return true;
        }
        EntityTag tag = EntityTag.of(stored.allValues("ETag"));
        return tag != null && tag.isListed(noneMatch);
    }

    /** RFC 9110 §13.1.3: a condition that is no date, or several, is none. */
    private static boolean isUnmodifiedSince(List<String> lines, HttpHeaders stored, long receivedAtMillis) {
        long receivedAt = -Math.floorDiv(-receivedAtMillis, 1000L);
        long since = lines.size() == 1 ? HttpDate.parse(lines.get(0), receivedAt) : HttpDate.INVALID;
        if (since == HttpDate.INVALID) {
            return false;
        }
        // RFC 9111 §4.3.2: without Last-Modified, Date stands in for it, and the time of receipt for that.
        long modified = date(stored, "Last-Modified", receivedAt);
        if (modified == HttpDate.INVALID) {
            modified = date(stored, "Date", receivedAt);
        }
        return (modified == HttpDate.INVALID ? receivedAt : modified) <= since;
    }

    private static long date(HttpHeaders headers, String name, long now) {
        String value = first(headers, name);
        return value == null ? HttpDate.INVALID : HttpDate.parse(value, now);
    }

    private static @Nullable String first(HttpHeaders headers, String name) {
        List<String> lines = headers.allValues(name);
        return lines.isEmpty() ? null : lines.get(0);
    }

    private static boolean isPresent(HttpHeaders headers, String name) {
        return !headers.allValues(name).isEmpty();
    }
}
