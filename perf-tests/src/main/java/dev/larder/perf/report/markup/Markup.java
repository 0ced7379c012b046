package dev.larder.perf.report.markup;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes HTML and SVG, element by element; whatever text it is given cannot end an element or an attribute. */
public final class Markup {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Begins an element.
     *
     * @param attributes names and values in turn; numbers get two decimal places at most
     */
    public Markup open(String tag, Object... attributes) {
        start(tag, attributes);
        out.append('>');
        open.push(tag);
        return this;
    }

    /** Ends the element that was begun last. */
    public Markup close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Adds an element without content. In HTML these are those that have no end, such as {@code meta}. */
    public Markup leaf(String tag, Object... attributes) {
        start(tag, attributes);
        // SVG needs the stroke, and HTML passes over it.
        out.append("/>");
        return this;
    }

    /** Adds an element that holds a text. */
    public Markup element(String tag, String text, Object... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** Adds a text. */
    public Markup text(String text) {
        out.append(escape(text));
        return this;
    }

    /** Adds what is markup already, or a style sheet or a script of ours. */
    public Markup raw(String markup) {
        out.append(markup);
        return this;
    }

    private void start(String tag, Object... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            out.append(' ').append(attributes[i]).append("=\"");
            out.append(value instanceof Number number ? figure(number.doubleValue()) : escape(value.toString()));
            out.append('"');
        }
    }

    /** Returns a coordinate as SVG writes it. */
    public static String figure(double number) {
        return BigDecimal.valueOf(number)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Returns a text as it is written between tags and between quotes, in XML and in HTML alike. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isAllowed(c) ? c : ' ');
            }
        });
        return escaped.toString();
    }

    /** XML has no way to write the other ones, and a line end in a name is as good as a space. */
    private static boolean isAllowed(int c) {
        return c >= 0x20 && (c < 0x7f || c > 0x9f) && (c < 0xd800 || c > 0xdfff) && c != 0xfffe && c != 0xffff;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
