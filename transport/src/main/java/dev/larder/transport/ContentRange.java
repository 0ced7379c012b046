package dev.larder.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Content-Range says of a part (RFC 9110 §14.4).
 *
 * @param range which bytes it is; null in a 416, which has none
 * @param completeLength the length of the whole, or -1 if unknown
 */
record ContentRange(@Nullable ByteRange range, long completeLength) {
    /** Returns what the lines of a Content-Range field say, or null if that is nothing valid about bytes. */
    static @Nullable ContentRange of(List<String> lines) {
        return lines.size() == 1 ? parse(FieldList.trim(lines.get(0))) : null;
    }

    /** Returns this as a field value. */
    @Override
    public String toString() {
        return "bytes " + (range == null ? "*" : range.first() + "-" + range.last()) + "/"
                + (completeLength < 0 ? "*" : Long.toString(completeLength));
    }

    private static @Nullable ContentRange parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.regionMatches(true, 0, "bytes ", 0, 6)) {
            return null;
        }
        boolean unknown = slash == text.length() - 2 && text.charAt(slash + 1) == '*';
        long length = unknown ? -1 : RangeRequest.number(text, slash + 1, text.length());
        if (length < 0 && !unknown) {
            return null;
        }
        if (slash == 7 && text.charAt(6) == '*') {
            return unknown ? null : new ContentRange(null, length);
        }
        int dash = text.indexOf('-', 6);
        if (dash < 0 || dash > slash) {
            return null;
        }
        long first = RangeRequest.number(text, 6, dash);
        long last = RangeRequest.number(text, dash + 1, slash);
        boolean valid = first >= 0 && last >= first && (unknown || last < length);
        return valid ? new ContentRange(new ByteRange(first, last), length) : null;
    }
}
