package dev.larder.perf.report.chart;

import dev.larder.perf.report.markup.Markup;
import java.util.List;

/**
 * Bars from left to right, each below its name.
 *
 * @param bars from top to bottom
 */
public record Bars(String title, String description, List<Bar> bars) implements Chart {
    private static final int STEP = 33;
    private static final int THICKNESS = 11;
    private static final int FIGURE = 76;

    /**
     * A bar.
     *
     * @param ink of the bar
     * @param name what it is of
     * @param length how long it is, among the others
     * @param low the least that was measured
     * @param high the most
     * @param figure what it says at its end
     * @param tip what it says of itself
     */
    public record Bar(Ink ink, String name, double length, double low, double high, String figure, String tip) {}

    @Override
    public int height(int width) {
        return 8 + Math.max(1, bars.size()) * STEP;
    }

    @Override
    public void draw(Markup svg, int width) {
        double longest = bars.stream()
                .mapToDouble(bar -> Math.max(bar.length(), bar.high()))
                .max()
                .orElse(0);
        double room = width - FIGURE - 4.0;
        int top = 4;
        for (Bar bar : bars) {
            double scale = longest > 0 ? room / longest : 0;
            double middle = top + 17 + THICKNESS / 2.0;
            double length = Math.max(1.5, bar.length() * scale);
            svg.open("g", "class", bar.ink().css() + " tip");
            svg.element("title", bar.tip());
            bar.ink().mark(svg, 6, top + 8, 4);
            svg.element("text", Frame.fitting(bar.name(), width - 20.0), "class", "t", "x", 15, "y", top + 12);
            svg.leaf("rect", "class", "track", "x", 1, "y", top + 17, "width", room, "height", THICKNESS, "rx", 2);
            svg.leaf("rect", "class", "m", "x", 1, "y", top + 17, "width", length, "height", THICKNESS, "rx", 2);
            if (bar.low() < bar.high()) {
                svg.leaf(
                        "line",
                        "class",
                        "whisker",
                        "x1",
                        1 + bar.low() * scale,
                        "x2",
                        1 + bar.high() * scale,
                        "y1",
                        middle,
                        "y2",
                        middle);
            }
            svg.element("text", bar.figure(), "class", "t figure end", "x", width - 2, "y", middle + 4);
            svg.close();
            top += STEP;
        }
    }
}
