package dev.larder.perf.report.chart;

import dev.larder.perf.report.markup.Markup;
import java.util.List;

/**
 * Points on a line for each name: how things stand against each other in many ways at once.
 *
 * @param axis of all lines
 * @param rows from top to bottom
 */
public record Dots(String title, String description, Axis axis, List<Row> rows) implements Chart {
    private static final int STEP = 26;
    private static final int NARROW = 520;

    /** A line with its points. */
    public record Row(String name, List<Dot> dots) {}

    /** A point. */
    public record Dot(Ink ink, double at, String tip) {}

    @Override
    public int height(int width) {
        return rows.size() * step(width) + 46;
    }

    private static int step(int width) {
        return width < NARROW ? STEP + 12 : STEP;
    }

    @Override
    public void draw(Markup svg, int width) {
        boolean narrow = width < NARROW;
        double bottom = rows.size() * (double) step(width) + 6;
        Frame frame = new Frame(axis, axis, narrow ? 12 : 194, 4, width - 16.0, bottom);
        for (Axis.Tick tick : axis.ticks()) {
            double at = frame.atX(tick.at());
            svg.leaf("line", "class", "grid", "x1", at, "x2", at, "y1", 4, "y2", bottom);
        }
        double top = 4;
        for (Row row : rows) {
            double middle = top + step(width) - STEP / 2.0;
            if (narrow) {
                svg.element("text", Frame.fitting(row.name(), width - 12.0), "class", "t", "x", 2, "y", top + 13);
            } else {
                svg.element("text", Frame.fitting(row.name(), 176), "class", "t end", "x", 178, "y", middle + 4);
            }
            draw(svg, frame, row, middle);
            top += step(width);
        }
        frame.drawBelow(svg, bottom + 17);
    }

    private static void draw(Markup svg, Frame frame, Row row, double middle) {
        double first = row.dots().stream()
                .mapToDouble(dot -> frame.atX(dot.at()))
                .min()
                .orElse(0);
        double last = row.dots().stream()
                .mapToDouble(dot -> frame.atX(dot.at()))
                .max()
                .orElse(0);
        svg.leaf("line", "class", "lane", "x1", first, "x2", last, "y1", middle, "y2", middle);
        // The first store is drawn last, so that it is not hidden.
        for (int i = row.dots().size() - 1; i >= 0; i--) {
            Dot dot = row.dots().get(i);
            svg.open("g", "class", dot.ink().css() + " tip");
            svg.element("title", dot.tip());
            dot.ink().mark(svg, frame.atX(dot.at()), middle, 5.5);
            svg.leaf("circle", "class", "hit", "cx", frame.atX(dot.at()), "cy", middle, "r", 9);
            svg.close();
        }
    }
}
