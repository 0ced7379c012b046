package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stored part of a representation, and what makes it whole (RFC 9111 §3.3 and §3.4, RFC 9110 §15.3.7.3).
 *
 * @param headers the fields it came with
 * @param range where it belongs; the length of {@code data}
 * @param completeLength the length of the whole, or -1 if unknown
 * @param data not to be modified
 */
record PartialContent(HttpHeaders headers, ByteRange range, long completeLength, byte[] data) {
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    /**
     * What two parts came to.
     *
     * @param status 200 if nothing is missing any more, else 206
     */
    record Combined(int status, HttpHeaders headers, byte[] data) {}

    /** Returns the part that the body of a 206 is; null if it is several, or not what its Content-Range says. */
    static @Nullable PartialContent of(HttpHeaders headers, byte[] data) {
        ContentRange part = ContentRange.of(headers.allValues("Content-Range"));
        ByteRange range = part == null ? null : part.range();
        if (part == null || range == null || range.length() != data.length) {
            return null;
        }
        return new PartialContent(headers, range, part.completeLength(), data);
    }

    /**
     * Returns the If-Range by which the rest can be asked for (RFC 9110 §13.1.5); null without a strong validator, when
     * the rest could be of something else.
     */
    @Nullable
    String validator(long receivedAtMillis) {
        EntityTag tag = EntityTag.of(headers.allValues("ETag"));
        if (tag != null) {
            return tag.weak() ? null : tag.toString();
        }
        return Preconditions.isLastModifiedStrong(headers, receivedAtMillis)
                ? headers.allValues("Last-Modified").get(0)
                : null;
    }

    /**
     * Returns what this and a newer part are together, or null if they do not touch or may be of different
     * representations.
     *
     * @param updated the fields of this, updated with those of {@code newer} ({@link StoredFields#updated})
     * @param receivedAtMillis when this arrived
     */
    @Nullable
    Combined combine(PartialContent newer, HttpHeaders updated, long receivedAtMillis) {
        ByteRange both = range.span(newer.range);
        if (!isSameLength(newer.completeLength)
                || !range.isWithin(0, newer.range)
                || both.length() > LONGEST_ARRAY
                || !isSame(newer.headers, receivedAtMillis)) {
            return null;
        }
        byte[] bytes = new byte[(int) both.length()];
        System.arraycopy(data, 0, bytes, (int) (range.first() - both.first()), data.length);
        System.arraycopy(newer.data, 0, bytes, (int) (newer.range.first() - both.first()), newer.data.length);
        long length = Math.max(completeLength, newer.completeLength);
        boolean complete = both.length() == length;
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.putAll(updated.map());
        fields.put("Content-Length", List.of(Integer.toString(bytes.length)));
        if (complete) {
            fields.remove("Content-Range");
        } else {
            fields.put("Content-Range", List.of(new ContentRange(both, length).toString()));
        }
        return new Combined(complete ? 200 : 206, HttpHeaders.of(fields, (name, value) -> true), bytes);
    }

    /** Returns whether the whole may be {@code length} bytes long, which is -1 if unknown. */
    boolean isSameLength(long length) {
        return completeLength == length || completeLength < 0 || length < 0;
    }

    /** Returns whether a response with the fields {@code newer} is of the same representation, to the byte. */
    boolean isSame(HttpHeaders newer, long receivedAtMillis) {
        String validator = validator(receivedAtMillis);
        if (validator == null) {
            return false;
        }
        List<String> tags = newer.allValues("ETag");
        if (!tags.isEmpty() || !headers.allValues("ETag").isEmpty()) {
            EntityTag tag = EntityTag.of(tags);
            return tag != null && !tag.weak() && validator.equals(tag.toString());
        }
        return newer.allValues("Last-Modified").equals(headers.allValues("Last-Modified"));
    }
}
