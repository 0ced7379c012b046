package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stored part that answers a request together with bytes that the upstream has still to send (RFC 9111 §3.3).
 *
 * <p>Only where these are one range, before or behind what is stored, and the part has a strong validator: If-Range then
 * makes the upstream send the whole, should that be another by now (RFC 9110 §13.1.5).
 *
 * @param stored the part
 * @param receivedAtMillis when the part arrived or was last validated
 * @param wanted what the caller asks for
 * @param missing what of that is not stored
 * @param validator the strong validator of the part
 * @param whole whether the caller asks for no range, but for the whole
 */
record Completion(
        PartialContent stored,
        long receivedAtMillis,
        ByteRange wanted,
        ByteRange missing,
        String validator,
        boolean whole) {

    /**
     * Returns how {@code response} is completed to answer a GET with these fields; null if it is no part, has all that
     * is wanted, or is better left alone.
     *
     * @param maxEntryBytes what both parts may come to
     */
    static @Nullable Completion of(HttpHeaders asked, StoredResponse response, long maxEntryBytes) {
        HttpHeaders fields = response.head().headers();
        long receivedAt = response.head().freshness().receivedAtMillis();
        PartialContent part = response.isPart() ? PartialContent.of(fields, response.data()) : null;
        String validator = part == null ? null : part.validator(receivedAt);
        if (part == null || validator == null || Preconditions.asksForChange(asked)) {
            return null;
        }
        List<String> lines = asked.allValues("Range");
        ByteRange wanted = lines.isEmpty()
                ? all(part.completeLength())
                : Preconditions.isRangeWanted(asked, fields, receivedAt)
                        ? RangeRequest.single(lines, part.completeLength())
                        : null;
        ByteRange missing = wanted == null ? null : wanted.without(part.range());
        return wanted == null
                        || missing == null
                        || missing.equals(wanted)
                        || part.range().span(wanted).length() > maxEntryBytes
                ? null
                : new Completion(part, receivedAt, wanted, missing, validator, lines.isEmpty());
    }

    /** Returns the fields that ask for what is missing. */
    Map<String, String> fields() {
        boolean toTheEnd = missing.last() == stored.completeLength() - 1;
        return Map.of(
                "Range", "bytes=" + missing.first() + "-" + (toTheEnd ? "" : missing.last()), "If-Range", validator);
    }

    /** Returns whether a 206 with these fields is what was asked for, of what the stored part is of. */
    boolean isAnsweredBy(HttpHeaders newer) {
        ContentRange part = ContentRange.of(newer.allValues("Content-Range"));
        return part != null
                && missing.equals(part.range())
                && stored.isSameLength(part.completeLength())
                && stored.isSame(newer, receivedAtMillis);
    }

    /**
     * Returns what the caller is told.
     *
     * @param old the head of the part
     * @param newer the head of the 206
     */
    ServedHead head(
            Policy policy,
            StoredResponse.Head old,
            StoredResponse.Head newer,
            long requestedAtMillis,
            String cacheStatus) {
        long now = newer.freshness().receivedAtMillis();
        StoredResponse.Head updated = Decisions.updated(policy, old, newer.headers(), requestedAtMillis, now);
        Fields fields = new Fields(fieldsOfBoth(updated.headers()));
        return new ServedHead(status(), newer.version(), fields, ServedHead.OWN_AGE, cacheStatus);
    }

    /** Returns the status of what the caller gets. */
    int status() {
        return whole ? 200 : 206;
    }

    /**
     * Returns the fields of what the caller gets.
     *
     * @param updated those of the part, updated with those of the 206
     */
    Map<String, List<String>> fieldsOfBoth(HttpHeaders updated) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.putAll(updated.map());
        fields.put("Content-Length", List.of(Long.toString(wanted.length())));
        fields.remove("Content-Range");
        if (!whole) {
            fields.put("Content-Range", List.of(new ContentRange(wanted, stored.completeLength()).toString()));
        }
        return fields;
    }

    /** Returns what the caller gets before the missing bytes; empty if nothing. */
    List<ByteBuffer> before() {
        return missing.first() > wanted.first() ? slice(wanted.first(), missing.first()) : List.of();
    }

    /** Returns what the caller gets behind the missing bytes; empty if nothing. */
    List<ByteBuffer> behind() {
        return missing.last() < wanted.last() ? slice(missing.last() + 1, wanted.last() + 1) : List.of();
    }

    private List<ByteBuffer> slice(long from, long to) {
        int offset = Math.toIntExact(from - stored.range().first());
        return List.of(ByteBuffer.wrap(stored.data(), offset, Math.toIntExact(to - from))
                .slice()
                .asReadOnlyBuffer());
    }

    private static @Nullable ByteRange all(long length) {
        return length <= 0 ? null : new ByteRange(0, length - 1);
    }
}
