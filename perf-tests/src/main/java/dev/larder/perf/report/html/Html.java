package dev.larder.perf.report.html;

import dev.larder.perf.report.chart.Svg;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes HTML, element by element; whatever text it is given cannot end an element or an attribute. */
final class Html {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Begins an element.
     *
     * @param attributes names and values in turn
     */
    Html open(String tag, Object... attributes) {
        start(tag, attributes);
        open.push(tag);
        return this;
    }

    /** Ends the element that was begun last. */
    Html close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Adds an element that has no end, such as {@code meta}. */
    Html leaf(String tag, Object... attributes) {
        start(tag, attributes);
        return this;
    }

    /** Adds an element that holds a text. */
    Html element(String tag, String text, Object... attributes) {
        open(tag, attributes);
        text(text);
        return close();
    }

    Html text(String text) {
        out.append(Svg.escape(text));
        return this;
    }

    /** Adds what is HTML already. */
    Html raw(String html) {
        out.append(html);
        return this;
    }

    private void start(String tag, Object... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            out.append(Svg.escape(attributes[i + 1].toString())).append('"');
        }
        out.append('>');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
