package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.util.List;

/** Which stored responses an answer without a body speaks of (RFC 9111 §4.3.4 and §4.3.5). */
final class Validation {
    private Validation() {}

    /**
     * Returns the index of the stored response that a 304 confirms, or -1 if it is none of them.
     *
     * <p>Without any validator a 304 confirms the one response that it was asked about, though §4.3.4 has this for
     * responses without validators only: servers do leave them out, and it can mean no other.
     *
     * @param update the fields of the 304
     * @param candidates the fields of the stored responses that the request could have chosen, the most recent first
     */
    static int confirmed(HttpHeaders update, List<HttpHeaders> candidates) {
        EntityTag tag = EntityTag.of(update.allValues("ETag"));
        String modified = lastModified(update);
        if (tag == null && modified.isEmpty()) {
            return candidates.size() == 1 ? 0 : -1;
        }
        for (int i = 0; i < candidates.size(); i++) {
            HttpHeaders candidate = candidates.get(i);
            if (tag == null ? modified.equals(lastModified(candidate)) : isSame(tag, candidate)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Returns whether the 200 that answered a HEAD is about the stored response to GET, so that it updates it; if not,
     * what is stored is out of date (§4.3.5).
     *
     * @param storedBytes the length of the stored body
     */
    static boolean isSame(HttpHeaders head, HttpHeaders stored, long storedBytes) {
        if (!agrees("ETag", head, stored) || !agrees("Last-Modified", head, stored)) {
            return false;
        }
        List<String> length = head.allValues("Content-Length");
        return length.isEmpty()
                || RangeRequest.number(length.get(0), 0, length.get(0).length()) == storedBytes;
    }

    private static boolean isSame(EntityTag tag, HttpHeaders candidate) {
        EntityTag other = EntityTag.of(candidate.allValues("ETag"));
        return other != null && (tag.weak() ? tag.matchesWeakly(other) : tag.matchesStrongly(other));
    }

    private static boolean agrees(String name, HttpHeaders head, HttpHeaders stored) {
        List<String> lines = head.allValues(name);
        return lines.isEmpty() || lines.equals(stored.allValues(name));
    }

    private static String lastModified(HttpHeaders headers) {
        List<String> lines = headers.allValues("Last-Modified");
        return lines.size() == 1 ? lines.get(0) : "";
    }
}
