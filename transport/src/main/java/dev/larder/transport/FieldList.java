package dev.larder.transport;

import java.util.ArrayList;
import java.util.List;

/**
 * Fields whose value is a comma-separated list, over any number of lines (RFC 9110 §5.6.1 and §5.3).
 *
 * <p>Empty members are skipped, and a comma within a quoted-string separates nothing. A quote that is never closed is
 * an ordinary character: were it to swallow the rest of its line, a broken member would hide the {@code no-store}
 * behind it.
 */
final class FieldList {
    // Without it, a line of many quotes none of which is closed would be searched to its end for each of them.
    private static final int LONGEST_QUOTED = 4096;

    private FieldList() {}

    /** Returns the members as they were sent, without the whitespace around them. */
    static List<String> members(List<String> lines) {
        if (lines.isEmpty()) {
            return List.of();
        }
        List<String> members = new ArrayList<>(4);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int end;
            for (int start = 0; start < line.length(); start = end + 1) {
                end = endOfMember(line, start);
                int from = skipSpace(line, start, end);
                int to = trimEnd(line, from, end);
                if (from < to) {
                    members.add(line.substring(from, to));
                }
            }
        }
        return members;
    }

    /** Returns the members in lower case: names of fields, for instance. */
    static List<String> lowerCaseMembers(List<String> lines) {
        List<String> members = members(lines);
        for (int i = 0; i < members.size(); i++) {
            members.set(i, lowerCase(members.get(i)));
        }
        return members;
    }

    /** Returns whether {@code token} is a member, in whatever case. */
    static boolean contains(List<String> lines, String token) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int end;
            for (int start = 0; start < line.length(); start = end + 1) {
                end = endOfMember(line, start);
                int from = skipSpace(line, start, end);
                int to = trimEnd(line, from, end);
                if (to - from == token.length() && line.regionMatches(true, from, token, 0, token.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns where the member that begins at {@code from} ends: at a comma, or at the end of the line. */
    static int endOfMember(String line, int from) {
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == ',') {
                return i;
            }
            if (c == '"') {
                int close = closingQuote(line, i);
                if (close < 0) {
                    int comma = line.indexOf(',', i);
                    return comma < 0 ? line.length() : comma;
                }
                i = close;
            }
        }
        return line.length();
    }

    /** Returns the quote that closes the quoted-string opened at {@code open} (RFC 9110 §5.6.4), or -1. */
    static int closingQuote(String line, int open) {
        int limit = Math.min(line.length(), open + LONGEST_QUOTED);
        for (int i = open + 1; i < limit; i++) {
            char c = line.charAt(i);
            if (c == '"') {
                return i;
            }
            if (c == '\\') {
                i++;
            }
        }
        return -1;
    }

    /** Returns what stands between two quotes, quoted-pairs resolved. */
    static String unquote(String line, int open, int close) {
        if (line.indexOf('\\', open) < 0) {
            return line.substring(open + 1, close);
        }
        StringBuilder text = new StringBuilder(close - open);
        for (int i = open + 1; i < close; i++) {
            if (line.charAt(i) == '\\') {
                i++;
            }
            text.append(line.charAt(i));
        }
        return text.toString();
    }

    /** Returns where the token that begins at {@code from} ends; {@code from} if none does (RFC 9110 §5.6.2). */
    static int endOfToken(String line, int from, int limit) {
        int i = from;
        while (i < limit && isTokenChar(line.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Returns whether all of {@code text} is one token. */
    static boolean isToken(String text) {
        return !text.isEmpty() && endOfToken(text, 0, text.length()) == text.length();
    }

    /** Returns the first place from {@code from} on that is no optional whitespace (RFC 9110 §5.6.3). */
    static int skipSpace(String line, int from, int limit) {
        int i = from;
        while (i < limit && isSpace(line.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Returns {@code end} moved back over optional whitespace, not before {@code from}. */
    static int trimEnd(String line, int from, int end) {
        int i = end;
        while (i > from && isSpace(line.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    /** Returns {@code text} without optional whitespace around it. */
    static String trim(String text) {
        int from = skipSpace(text, 0, text.length());
        return text.substring(from, trimEnd(text, from, text.length()));
    }

    /** Returns {@code text} with the letters of ASCII in lower case, and others as they are. */
    static String lowerCase(String text) {
        int upper = 0;
        while (upper < text.length() && !isUpperCase(text.charAt(upper))) {
            upper++;
        }
        if (upper == text.length()) {
            return text;
        }
        char[] chars = text.toCharArray();
        for (int i = upper; i < chars.length; i++) {
            if (isUpperCase(chars[i])) {
                chars[i] = (char) (chars[i] + 'a' - 'A');
            }
        }
        return new String(chars);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isUpperCase(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isTokenChar(char c) {
        if (isDigit(c) || isUpperCase(c) || (c >= 'a' && c <= 'z')) {
            return true;
        }
        return switch (c) {
            case '!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~' -> true;
            default -> false;
        };
    }
}
