package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asking whether stored responses are still right, and which of them an answer means (RFC 9111 §4.3). */
final class Validation {
    private Validation() {}

    /**
     * Returns the index of the stored response that a 304 confirms, or -1 if it is none of them.
     *
     * <p>In two points this is laxer than §4.3.4, since servers are, and what a 304 confirms is a response that was
     * asked about. Without any validator it confirms the only one that was. And if no tag is the same to the letter,
     * one that differs in its weakness will do: servers that compress as they send weaken the tag of the 200 alone.
     *
     * @param update the fields of the 304
     * @param candidates the fields of the stored responses that the request could have chosen, the most recent first
     */
    static int confirmed(HttpHeaders update, List<HttpHeaders> candidates) {
        EntityTag tag = EntityTag.of(update.allValues("ETag"));
        if (tag != null) {
            return confirmed(tag, candidates);
        }
        String modified = lastModified(update);
        if (modified.isEmpty()) {
            return candidates.size() == 1 ? 0 : -1;
        }
        for (int i = 0; i < candidates.size(); i++) {
            if (modified.equals(lastModified(candidates.get(i)))) {
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

    /**
     * Returns the If-None-Match that asks about stored responses (§4.3.1), with the tags that the caller asked about
     * besides (§4.3.2); null if there is no tag to ask about.
     *
     * @param asked the lines of the caller's own If-None-Match
     */
    static @Nullable String noneMatch(List<HttpHeaders> candidates, List<String> asked) {
        if (EntityTag.isAny(asked)) {
            return "*";
        }
        StringBuilder tags = new StringBuilder();
        for (int i = 0; i < candidates.size(); i++) {
            EntityTag tag = EntityTag.of(candidates.get(i).allValues("ETag"));
            if (tag != null && !tag.isListed(asked) && (tags.isEmpty() || !tag.isListed(List.of(tags.toString())))) {
                tags.append(tags.isEmpty() ? "" : ", ").append(tag);
            }
        }
        for (int i = 0; i < asked.size(); i++) {
            tags.append(tags.isEmpty() ? "" : ", ").append(asked.get(i));
        }
        return tags.isEmpty() ? null : tags.toString();
    }

    /**
     * Returns the If-Modified-Since that asks about one stored response, to be sent along with its tag for servers that
     * know none (§4.3.1); null if it has no date that can be read.
     */
    static @Nullable String modifiedSince(HttpHeaders candidate, long nowMillis) {
        String modified = lastModified(candidate);
        return HttpDate.parse(modified, Math.floorDiv(nowMillis, 1000L)) == HttpDate.INVALID ? null : modified;
    }

    private static int confirmed(EntityTag tag, List<HttpHeaders> candidates) {
        int similar = -1;
        int count = 0;
        for (int i = 0; i < candidates.size(); i++) {
            EntityTag other = EntityTag.of(candidates.get(i).allValues("ETag"));
            if (tag.equals(other)) {
                return i;
            }
            if (other != null && tag.matchesWeakly(other)) {
                similar = count++ == 0 ? i : similar;
            }
        }
        // Of several weak tags, a strong one cannot mean all; a weak one means the most recent.
        return count == 1 || tag.weak() ? similar : -1;
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
