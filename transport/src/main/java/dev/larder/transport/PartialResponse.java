package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a stored response answers to a request for some of its bytes (RFC 9110 §15.3.7 and §15.5.17).
 *
 * @param status 206 or 416
 * @param body the stored bytes themselves, in pieces; not to be modified
 */
record PartialResponse(int status, HttpHeaders headers, List<ByteBuffer> body) {
    /**
     * Returns the answer, or null if what is stored answers as it is, or, being a part itself, has not all that is
     * asked for (see {@link #isPart}).
     *
     * @param data the stored body
     * @param receivedAtMillis when the stored response arrived or was last validated
     * @param boundaries what makes a text that is not in {@code data}; asked where there are several ranges
     */
    static @Nullable PartialResponse of(
            String method,
            HttpHeaders request,
            int status,
            HttpHeaders stored,
            byte[] data,
            long receivedAtMillis,
            Supplier<String> boundaries) {
        List<String> lines = request.allValues("Range");
        // RFC 9110 §14.2: for GET, and for what would be a 200 otherwise.
        if (lines.isEmpty() || !method.equals("GET") || (status != 200 && !isPart(status))) {
            return null;
        }
        RangeRequest wanted = RangeRequest.of(lines);
        if (wanted == null || !Preconditions.isRangeWanted(request, stored, receivedAtMillis)) {
            return null;
        }
        if (!isPart(status)) {
            return whole(wanted, stored, data, boundaries);
        }
        // A part whose length is not what it says is not to be trusted with its place either.
        PartialContent part = PartialContent.of(stored, data);
        List<ByteRange> ranges = part == null ? null : wanted.resolveWithin(part.range(), part.completeLength());
        // Several ranges of a part: rare enough to be left to the origin server.
        return part == null || ranges == null || ranges.size() > 1
                ? null
                : single(ranges.get(0), part.completeLength(), part.range().first(), stored, data);
    }

    /** Returns whether a stored response with this status is but a part, and may never be served as the whole. */
    static boolean isPart(int status) {
        return status == 206;
    }

    private static @Nullable PartialResponse whole(
            RangeRequest wanted, HttpHeaders stored, byte[] data, Supplier<String> boundaries) {
        List<ByteRange> ranges = wanted.resolve(data.length);
        if (ranges == null) {
            return null;
        }
        if (ranges.isEmpty()) {
            Map<String, List<String>> fields = fields(StoredFields.withoutBody(stored));
            put(fields, "Content-Range", new ContentRange(null, data.length).toString());
            put(fields, "Content-Length", "0");
            return of(416, fields, List.of());
        }
        if (ranges.size() == 1) {
            return single(ranges.get(0), data.length, 0, stored, data);
        }
        String boundary = boundaries.get();
        List<String> type = stored.allValues("Content-Type");
        List<ByteBuffer> body = MultipartRanges.body(data, ranges, type.isEmpty() ? null : type.get(0), boundary);
        long length = 0;
        for (ByteBuffer piece : body) {
            length += piece.remaining();
        }
        Map<String, List<String>> fields = fields(stored);
        put(fields, "Content-Type", MultipartRanges.contentType(boundary));
        put(fields, "Content-Length", Long.toString(length));
        return of(206, fields, body);
    }

    private static PartialResponse single(
            ByteRange range, long completeLength, long offset, HttpHeaders stored, byte[] data) {
        Map<String, List<String>> fields = fields(stored);
        put(fields, "Content-Range", new ContentRange(range, completeLength).toString());
        put(fields, "Content-Length", Long.toString(range.length()));
        ByteBuffer bytes = ByteBuffer.wrap(
                        data, Math.toIntExact(range.first() - offset), Math.toIntExact(range.length()))
                .slice()
                .asReadOnlyBuffer();
        return of(206, fields, List.of(bytes));
    }

    private static PartialResponse of(int status, Map<String, List<String>> fields, List<ByteBuffer> body) {
        return new PartialResponse(status, HttpHeaders.of(fields, (name, value) -> true), body);
    }

    private static Map<String, List<String>> fields(HttpHeaders headers) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.putAll(headers.map());
        return fields;
    }

    private static void put(Map<String, List<String>> fields, String name, String value) {
        fields.put(name, List.of(value));
    }
}
