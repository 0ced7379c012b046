package dev.larder.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several ranges in one response: {@code multipart/byteranges} (RFC 9110 §14.6). */
final class MultipartRanges {
    private MultipartRanges() {}

    /** Returns the media type of a body with {@code boundary} between its parts. */
    static String contentType(String boundary) {
        return "multipart/byteranges; boundary=" + boundary;
    }

    /**
     * Returns the body, without a copy of the bytes that it is about.
     *
     * @param contentType of the representation; null if it has none
     * @param boundary not in {@code data}: one that nobody can guess will not be
     */
    static List<ByteBuffer> body(byte[] data, List<ByteRange> ranges, @Nullable String contentType, String boundary) {
        ByteBuffer whole = ByteBuffer.wrap(data).asReadOnlyBuffer();
        List<ByteBuffer> pieces = new ArrayList<>(2 * ranges.size() + 1);
        String delimiter = "--" + boundary;
        for (ByteRange range : ranges) {
            StringBuilder head = new StringBuilder(128).append(delimiter).append("\r\n");
            // A stored type with a line break in it would add fields, or parts, of somebody else's making.
            if (contentType != null && isOneLine(contentType)) {
                head.append("Content-Type: ").append(contentType).append("\r\n");
            }
            head.append("Content-Range: ")
                    .append(new ContentRange(range, data.length))
                    .append("\r\n\r\n");
            pieces.add(bytes(head.toString()));
            pieces.add(whole.slice(Math.toIntExact(range.first()), Math.toIntExact(range.length())));
            delimiter = "\r\n--" + boundary;
        }
        pieces.add(bytes(delimiter + "--\r\n"));
        return pieces;
    }

    private static boolean isOneLine(String value) {
        return value.indexOf('\r') < 0 && value.indexOf('\n') < 0;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)).asReadOnlyBuffer();
    }
}
