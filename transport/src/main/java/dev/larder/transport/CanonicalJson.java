package dev.larder.transport;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one form that all spellings of a JSON text have (RFC 8785): no spaces, members in the order of their names, one
 * way to write each string and each number.
 *
 * <p>It departs from the RFC in one thing: integers beyond 2^53 stay as they are written. As doubles, which the RFC takes
 * all numbers for, different ones would become one, and a caller be given the answer to another's.
 */
final class CanonicalJson {
    private static final int DEEPEST = 500;
    private static final BigDecimal LARGEST_EXACT = BigDecimal.valueOf(1L << 53);
    // Any decimal of so many digits survives being a double.
    private static final int SURE_DIGITS = 15;
    private static final int MOST_DIGITS = 17;

    private final String text;
    // Names from the root, with dots between them.
    private final Set<String> ignored;
    private int at;

    private CanonicalJson(String text, Set<String> ignored) {
        this.text = text;
        this.ignored = ignored;
    }

    /** Thrown where the text is none that this can rewrite. */
    private static final class NotJsonException extends Exception {
        private static final long serialVersionUID = 1;

        NotJsonException() {
            super(null, null, false, false);
        }
    }

    /** A number, true, false or null, as it is written. */
    private record Literal(String text) {}

    /**
     * Returns the canonical form of a text in UTF-8, or null if it is no JSON, or JSON that says something twice.
     *
     * @param ignored members that are left out: their names from the root, with dots between them; the elements of an
     *     array have the name of the array
     */
    static byte @Nullable [] of(Collection<ByteBuffer> text, Set<String> ignored) {
        int length = 0;
        for (ByteBuffer part : text) {
            length = Math.addExact(length, part.remaining());
        }
        ByteBuffer whole = ByteBuffer.allocate(length);
        text.forEach(part -> whole.put(part.duplicate()));
        try {
            String decoded =
                    StandardCharsets.UTF_8.newDecoder().decode(whole.flip()).toString();
            CanonicalJson json = new CanonicalJson(decoded, ignored);
            Object value = json.value("", 0);
            json.skipSpace();
            if (json.at < decoded.length()) {
                return null;
            }
            StringBuilder out = new StringBuilder(decoded.length());
            write(value, out);
            return out.toString().getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException | NotJsonException e) {
            return null;
        }
    }

    /** Reads what comes next: a map, a list, a string or a literal. */
    private Object value(String path, int depth) throws NotJsonException {
        if (depth > DEEPEST) {
            throw new NotJsonException();
        }
        skipSpace();
        char c = peek();
        return switch (c) {
            case '{' -> object(path, depth);
            case '[' -> array(path, depth);
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        };
    }

    private Map<String, Object> object(String path, int depth) throws NotJsonException {
        // Sorts by UTF-16 code units, as RFC 8785 §3.2.3 says.
        Map<String, Object> members = new TreeMap<>();
        at++;
        skipSpace();
        if (takes('}')) {
            return members;
        }
        do {
            skipSpace();
            String name = string();
            skipSpace();
            expect(':');
            String inner = path.isEmpty() ? name : path + "." + name;
            if (members.put(name, value(inner, depth + 1)) != null) {
                // RFC 8785 §3.1: a name that comes twice means a different thing to every reader.
                throw new NotJsonException();
            }
            skipSpace();
        } while (takes(','));
        expect('}');
        if (!ignored.isEmpty()) {
            members.keySet().removeIf(name -> ignored.contains(path.isEmpty() ? name : path + "." + name));
        }
        return members;
    }

    private List<Object> array(String path, int depth) throws NotJsonException {
        List<Object> elements = new ArrayList<>();
        at++;
        skipSpace();
        if (takes(']')) {
            return elements;
        }
        do {
            elements.add(value(path, depth + 1));
            skipSpace();
        } while (takes(','));
        expect(']');
        return elements;
    }

    private String string() throws NotJsonException {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                break;
            }
            if (c < ' ') {
                throw new NotJsonException();
            }
            out.append(c == '\\' ? escaped() : c);
        }
        for (int i = 0; i < out.length(); i++) {
            if (Character.isHighSurrogate(out.charAt(i))
                    && i + 1 < out.length()
                    && Character.isLowSurrogate(out.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(out.charAt(i))) {
                // Half of a character, by an escape, has no form in UTF-8.
                throw new NotJsonException();
            }
        }
        return out.toString();
    }

    private char escaped() throws NotJsonException {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int unit = 0;
                for (int i = 0; i < 4; i++) {
                    char digit = next();
                    int value = digit < 0x80 ? Character.digit(digit, 16) : -1;
                    if (value < 0) {
                        throw new NotJsonException();
                    }
                    unit = unit * 16 + value;
                }
                yield (char) unit;
            }
            default -> throw new NotJsonException();
        };
    }

    private Literal literal(String word) throws NotJsonException {
        if (!text.startsWith(word, at)) {
            throw new NotJsonException();
        }
        at += word.length();
        return new Literal(word);
    }

    private Literal number() throws NotJsonException {
        int start = at;
        boolean negative = takes('-');
        int integerStart = at;
        digits();
        if (at - integerStart > 1 && text.charAt(integerStart) == '0') {
            throw new NotJsonException();
        }
        boolean integer = true;
        if (takes('.')) {
            integer = false;
            digits();
        }
        if (takes('e') || takes('E')) {
            integer = false;
            if (!takes('+')) {
                takes('-');
            }
            digits();
        }
        String written = text.substring(start, at);
        if (integer && isBeyondDoubles(written, at - integerStart)) {
            return new Literal(written);
        }
        double value = Double.parseDouble(written);
        if (Double.isInfinite(value)) {
            throw new NotJsonException();
        }
        return new Literal(value == 0 ? "0" : (negative ? "-" : "") + shortest(Math.abs(value)));
    }

    private static boolean isBeyondDoubles(String integer, int digits) {
        return digits > SURE_DIGITS && new BigDecimal(integer).abs().compareTo(LARGEST_EXACT) > 0;
    }

    /** Returns the shortest decimal that is this double and no other, as ECMAScript writes it (RFC 8785 §3.2.2.3). */
    private static String shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        BigDecimal decimal = exact;
        // Where doubles are sparse, near nothing, fewer digits may do.
        for (int digits = value < Double.MIN_NORMAL ? 1 : SURE_DIGITS; digits <= MOST_DIGITS; digits++) {
            decimal = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (decimal.doubleValue() == value) {
                break;
            }
        }
        decimal = decimal.stripTrailingZeros();
        String digits = decimal.unscaledValue().toString();
        int count = digits.length();
        // The value is 0.digits times ten to this power.
        int point = count - decimal.scale();
        if (count <= point && point <= 21) {
            return digits + "0".repeat(point - count);
        }
        if (0 < point && point <= 21) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        if (-6 < point && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        int exponent = point - 1;
        return digits.charAt(0)
                + (count == 1 ? "" : "." + digits.substring(1))
                + (exponent < 0 ? "e-" : "e+")
                + Math.abs(exponent);
    }

    private void digits() throws NotJsonException {
        int start = at;
        while (at < text.length() && FieldList.isDigit(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw new NotJsonException();
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean takes(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        if (there) {
            at++;
        }
        return there;
    }

    private void expect(char c) throws NotJsonException {
        if (!takes(c)) {
            throw new NotJsonException();
        }
    }

    private char peek() throws NotJsonException {
        if (at >= text.length()) {
            throw new NotJsonException();
        }
        return text.charAt(at);
    }

    private char next() throws NotJsonException {
        char c = peek();
        at++;
        return c;
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> members) {
            String separator = "{";
            for (Map.Entry<?, ?> member : members.entrySet()) {
                out.append(separator);
                writeString((String) member.getKey(), out);
                out.append(':');
                write(member.getValue(), out);
                separator = ",";
            }
            out.append(members.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> elements) {
            String separator = "[";
            for (Object element : elements) {
                out.append(separator);
                write(element, out);
                separator = ",";
            }
            out.append(elements.isEmpty() ? "[]" : "]");
        } else if (value instanceof Literal literal) {
            out.append(literal.text);
        } else {
            writeString((String) value, out);
        }
    }

    /** RFC 8785 §3.2.2.2 */
    private static void writeString(String string, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
