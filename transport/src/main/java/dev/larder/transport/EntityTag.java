package dev.larder.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entity tag (RFC 9110 §8.8.3).
 *
 * @param opaque what stands between the quotes
 * @param weak whether two representations with it may differ in their bytes
 */
record EntityTag(String opaque, boolean weak) {
    /** Returns the tag that {@code text} is, or null if it is none: an unquoted one validates nothing. */
    static @Nullable EntityTag parse(String text) {
        String tag = FieldList.trim(text);
        int open = openingQuote(tag, 0);
        if (open < 0 || closingQuote(tag, open) != tag.length() - 1) {
            return null;
        }
        return new EntityTag(tag.substring(open + 1, tag.length() - 1), open > 0);
    }

    /** Returns the tag in the lines of an ETag field, or null without exactly one. */
    static @Nullable EntityTag of(List<String> lines) {
        return lines.size() == 1 ? parse(lines.get(0)) : null;
    }

    /** Strong comparison (§8.8.3.2): the representations are the same to the byte. */
    boolean matchesStrongly(EntityTag other) {
        return !weak && !other.weak && opaque.equals(other.opaque);
    }

    /** Weak comparison (§8.8.3.2): one representation may stand for the other. */
    boolean matchesWeakly(EntityTag other) {
        return opaque.equals(other.opaque);
    }

    /** Returns whether {@code lines} list this tag, by weak comparison (§13.1.2). What is no tag in them is skipped. */
    boolean isListed(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (isListed(lines.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether {@code lines} are the one asterisk that stands for any representation (§13.1.1, §13.1.2). */
    static boolean isAny(List<String> lines) {
        return lines.size() == 1 && FieldList.trim(lines.get(0)).equals("*");
    }

    /** Returns this as a field value. */
    @Override
    public String toString() {
        return (weak ? "W/\"" : "\"") + opaque + '"';
    }

    // Not by FieldList: a backslash in a tag is a character like others, and a comma in it separates nothing.
    private boolean isListed(String line) {
        int at = 0;
        while (at < line.length()) {
            at = FieldList.skipSpace(line, at, line.length());
            int open = openingQuote(line, at);
            int close = open < 0 ? -1 : closingQuote(line, open);
            if (close < 0) {
                at = afterComma(line, at);
                continue;
            }
            int next = FieldList.skipSpace(line, close + 1, line.length());
            if ((next == line.length() || line.charAt(next) == ',')
                    && close - open - 1 == opaque.length()
                    && line.startsWith(opaque, open + 1)) {
                return true;
            }
            at = afterComma(line, close + 1);
        }
        return false;
    }

    private static int afterComma(String line, int from) {
        int comma = line.indexOf(',', from);
        return comma < 0 ? line.length() : comma + 1;
    }

    /** Returns the place of the quote that opens the tag at {@code at}, behind the mark of a weak one; -1 if none does. */
    private static int openingQuote(String text, int at) {
        if (text.startsWith("\"", at)) {
            return at;
        }
        return text.startsWith("W/\"", at) ? at + 2 : -1;
    }

    private static int closingQuote(String text, int open) {
        for (int i = open + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i;
            }
            // etagc has no space and no control character.
            if (c <= ' ' || c == 0x7f) {
                return -1;
            }
        }
        return -1;
    }
}
