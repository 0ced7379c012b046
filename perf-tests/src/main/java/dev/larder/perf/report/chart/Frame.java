package dev.larder.perf.report.chart;

import dev.larder.perf.report.markup.Markup;

/** The two axes of a chart with their grid, and the place between them. */
record Frame(Axis x, Axis y, double left, double top, double right, double bottom) {
    private static final double CHARACTER = 6.1;

    static Frame of(Axis x, Axis y, double width, double bottom) {
        int longest =
                y.ticks().stream().mapToInt(tick -> tick.label().length()).max().orElse(0);
        return new Frame(x, y, Math.max(26, longest * CHARACTER + 13), 14, width - 20, bottom);
    }

    double atX(double figure) {
        return left + x.position(figure) * (right - left);
    }

    double atY(double figure) {
        return bottom - y.position(figure) * (bottom - top);
    }

    void drawGrid(Markup svg) {
        for (Axis.Tick tick : y.ticks()) {
            double at = atY(tick.at());
            svg.leaf("line", "class", "grid", "x1", left, "x2", right, "y1", at, "y2", at);
            svg.element("text", tick.label(), "class", "t end", "x", left - 9, "y", at + 3.5);
        }
        svg.leaf("line", "class", "axis", "x1", left, "x2", right, "y1", bottom, "y2", bottom);
    }

    /** Names the figures below, leaving out those that would run into the one before. */
    void drawBelow(Markup svg, double baseline) {
        double free = Double.NEGATIVE_INFINITY;
        for (Axis.Tick tick : x.ticks()) {
            double at = atX(tick.at());
            double half = tick.label().length() * CHARACTER / 2;
            svg.leaf("line", "class", "axis", "x1", at, "x2", at, "y1", bottom, "y2", bottom + 4);
            if (at - half >= free) {
                svg.element("text", tick.label(), "class", "t mid", "x", at, "y", baseline);
                free = at + half + 4;
            }
        }
        svg.element("text", x.name(), "class", "t name end", "x", right, "y", baseline + 15);
    }

    /** Returns a text that fits into a width, with dots where something is left out. */
    static String fitting(String text, double width) {
        int most = Math.max(3, (int) (width / CHARACTER));
        return text.length() <= most ? text : text.substring(0, most - 1).stripTrailing() + "…";
    }
}
