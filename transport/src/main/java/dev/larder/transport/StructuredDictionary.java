package dev.larder.transport;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parser of Dictionary Structured Fields (RFC 8941 §4.2.2), which take no liberties: one character out of place, and
 * the whole field is void.
 *
 * <p>Values are given as far as cache directives need them: a {@code Boolean}, a {@code Long} for an Integer, a
 * {@code String} for a String, a {@link Token}; {@link Other} stands for Decimals, Byte Sequences and Inner Lists, which
 * are checked and forgotten, as are all parameters.
 */
final class StructuredDictionary {
    /** A value of the type Token. */
    record Token(String text) {}

    /** A value of a type that no cache directive has. */
    enum Other {
        INSTANCE
    }

    private static final int MOST_DIGITS = 15;

    private final String text;
    private int at;

    private StructuredDictionary(String text) {
        this.text = text;
    }

    /** Returns the members, the last of those with one key (§4.2.2); null if the lines are not one dictionary. */
    static @Nullable Map<String, Object> parse(List<String> lines) {
        // §4.2: several lines are one field, joined by commas.
        return new StructuredDictionary(lines.size() == 1 ? lines.get(0) : String.join(", ", lines)).dictionary();
    }

    private @Nullable Map<String, Object> dictionary() {
        Map<String, Object> members = new LinkedHashMap<>();
        skip(' ');
        while (at < text.length()) {
            String key = key();
            if (key == null) {
                return null;
            }
            Object value = peek() == '=' ? memberValue() : (Object) true;
            if (value == null || !parameters()) {
                return null;
            }
            members.put(key, value);
            skipSpace();
            if (at == text.length()) {
                return members;
            }
            if (next() != ',') {
                return null;
            }
            skipSpace();
            if (at == text.length()) {
                return null;
            }
        }
        return members;
    }

    private @Nullable Object memberValue() {
        at++;
        return peek() == '(' ? innerList() : bareItem();
    }

    /** §4.2.1.2 */
    private @Nullable Object innerList() {
        at++;
        while (at < text.length()) {
            skip(' ');
            if (peek() == ')') {
                at++;
                return Other.INSTANCE;
            }
            if (bareItem() == null || !parameters() || (peek() != ' ' && peek() != ')')) {
                return null;
            }
        }
        return null;
    }

    /** §4.2.3.2 */
    private boolean parameters() {
        while (peek() == ';') {
            at++;
            skip(' ');
            if (key() == null) {
                return false;
            }
            if (peek() == '=') {
                at++;
                if (bareItem() == null) {
                    return false;
                }
            }
        }
        return true;
    }

    /** §4.2.3.3 */
    private @Nullable String key() {
        char c = peek();
        if (!isLowerCase(c) && c != '*') {
            return null;
        }
        int from = at;
        while (isLowerCase(c) || FieldList.isDigit(c) || c == '_' || c == '-' || c == '.' || c == '*') {
            at++;
            c = peek();
        }
        return text.substring(from, at);
    }

    /** §4.2.3.1 */
    private @Nullable Object bareItem() {
        char c = peek();
        if (c == '-' || FieldList.isDigit(c)) {
            return number();
        }
        if (c == '"') {
            return string();
        }
        if (c == ':') {
            return byteSequence();
        }
        if (c == '?') {
            return bool();
        }
        return c == '*' || isLetter(c) ? token() : null;
    }

    /** §4.2.4 */
    private @Nullable Object number() {
        boolean negative = peek() == '-';
        if (negative) {
            at++;
        }
        int from = at;
        long integer = 0;
        while (FieldList.isDigit(peek())) {
            if (at - from == MOST_DIGITS) {
                return null;
            }
            integer = integer * 10 + (next() - '0');
        }
        int digits = at - from;
        if (digits == 0) {
            return null;
        }
        if (peek() != '.') {
            return negative ? -integer : integer;
        }
        at++;
        int fraction = 0;
        while (FieldList.isDigit(peek())) {
            at++;
            fraction++;
        }
        return digits <= 12 && fraction >= 1 && fraction <= 3 ? Other.INSTANCE : null;
    }

    /** §4.2.5 */
    private @Nullable String string() {
        at++;
        StringBuilder string = new StringBuilder();
        while (at < text.length()) {
            char c = next();
            if (c == '"') {
                return string.toString();
            }
            if (c == '\\') {
                if (peek() != '"' && peek() != '\\') {
                    return null;
                }
                c = next();
            } else if (c < ' ' || c > '~') {
                return null;
            }
            string.append(c);
        }
        return null;
    }

    /** §4.2.6 */
    private Token token() {
        int from = at;
        at++;
        while (FieldList.isTokenChar(peek()) || peek() == ':' || peek() == '/') {
            at++;
        }
        return new Token(text.substring(from, at));
    }

    /** §4.2.7, which lets parsers be lax about the padding. */
    private @Nullable Object byteSequence() {
        at++;
        while (isLetter(peek()) || FieldList.isDigit(peek()) || peek() == '+' || peek() == '/') {
            at++;
        }
        skip('=');
        return at < text.length() && next() == ':' ? Other.INSTANCE : null;
    }

    /** §4.2.8 */
    private @Nullable Boolean bool() {
        at++;
        char c = peek();
        at++;
        if (c != '0' && c != '1') {
            return null;
        }
        return c == '1';
    }

    private void skip(char c) {
        while (peek() == c) {
            at++;
        }
    }

    private void skipSpace() {
        at = FieldList.skipSpace(text, at, text.length());
    }

    /** Returns the character here; NUL, which nothing allows, at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private char next() {
        return text.charAt(at++);
    }

    private static boolean isLowerCase(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isLetter(char c) {
        return isLowerCase(c) || (c >= 'A' && c <= 'Z');
    }
}
