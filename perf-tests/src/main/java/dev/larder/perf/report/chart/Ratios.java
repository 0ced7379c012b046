package dev.larder.perf.report.chart;

import dev.larder.perf.report.markup.Markup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How things stand beside what they are compared with: a bar from there to each, on an axis where twice as good and half
 * as good are equally far.
 *
 * @param rows from top to bottom
 */
public record Ratios(String title, String description, List<Row> rows) implements Chart {
    private static final int STEP = 36;

    // What the axis shows however little differs.
    private static final double FROM = 0.5;
    private static final double TO = 1.5;

    // A bar that would go farther ends here, and its figure says how far.
    private static final double LEAST = 0.1;
    private static final double MOST = 10;

    /**
     * A row.
     *
     * @param name what is compared
     * @param merit 1 for as good, 2 for twice as good
     * @param low the least of any repetition
     * @param high the most
     * @param target what is asked for; null if nothing is
     * @param figure what it says at its end
     * @param tip what it says of itself
     */
    public record Row(
            String name,
            double merit,
            double low,
            double high,
            @Nullable Double target,
            String figure,
            String tip) {
        private String judgement() {
            return target == null ? "open" : merit >= target * 0.999999 ? "good" : "bad";
        }
    }

    @Override
    public int height(int width) {
        return rows.size() * STEP + 28;
    }

    @Override
    public void draw(Markup svg, int width) {
        Axis axis = axis();
        Frame frame = new Frame(axis, axis, 10, 4, width - 62.0, rows.size() * STEP + 6.0);
        double top = 4;
        for (Row row : rows) {
            draw(svg, frame, row, top, width);
            top += STEP;
        }
        frame.drawBelow(svg, frame.bottom() + 14);
    }

    private Axis axis() {
        double from = FROM;
        double to = TO;
        for (Row row : rows) {
            from = Math.min(from, row.merit());
            to = Math.max(to, row.merit());
        }
        return Axis.log("", Math.max(LEAST, from), Math.min(MOST, to), Ratios::label);
    }

    private static void draw(Markup svg, Frame frame, Row row, double top, int width) {
        double one = frame.atX(1);
        double at = frame.atX(row.merit());
        double middle = top + 25;
        svg.open("g", "class", "tip " + row.judgement());
        svg.element("title", row.tip());
        svg.leaf("rect", "class", "hit", "x", 0, "y", top, "width", width, "height", STEP);
        for (Axis.Tick tick : frame.x().ticks()) {
            double x = frame.atX(tick.at());
            boolean isOne = Math.abs(tick.at() - 1) < 1e-6;
            // Not through the name above.
            svg.leaf("line", "class", isOne ? "axis" : "grid", "x1", x, "x2", x, "y1", middle - 7, "y2", middle + 7);
        }
        svg.element("text", Frame.fitting(row.name(), width - 10.0), "class", "t", "x", 2, "y", top + 12);
        svg.leaf(
                "rect",
                "class",
                "m",
                "x",
                Math.min(one, at),
                "y",
                middle - 4,
                "width",
                Math.max(1, Math.abs(at - one)),
                "height",
                8);
        if (row.low() < row.high()) {
            svg.leaf(
                    "line",
                    "class",
                    "whisker",
                    "x1",
                    frame.atX(row.low()),
                    "x2",
                    frame.atX(row.high()),
                    "y1",
                    middle,
                    "y2",
                    middle);
        }
        if (row.target() != null) {
            double target = frame.atX(row.target());
            svg.leaf("line", "class", "target", "x1", target, "x2", target, "y1", middle - 7, "y2", middle + 7);
        }
        String sign = row.target() == null ? "" : row.judgement().equals("good") ? "✓ " : "✗ ";
        svg.element("text", sign + row.figure(), "class", "t figure end", "x", width - 2, "y", middle + 4);
        svg.close();
    }

    private static String label(double merit) {
        if (merit >= 1) {
            return Markup.figure(merit) + "×";
        }
        return "1/" + Markup.figure(1 / merit);
    }
}
