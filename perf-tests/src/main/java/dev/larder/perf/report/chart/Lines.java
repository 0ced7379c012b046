package dev.larder.perf.report.chart;

import dev.larder.perf.report.markup.Markup;
import java.util.List;

/**
 * Lines through points, above bands and lanes of marks where something else went on.
 *
 * @param bands parts of the axis across that are told apart, from left to right
 * @param lanes marks below, a lane for each ink
 */
public record Lines(
        String title, String description, Axis x, Axis y, List<Stroke> strokes, List<Band> bands, List<Lane> lanes)
        implements Chart {
    private static final int HEIGHT = 214;
    private static final int LANE = 9;

    // More than these would hide the line that joins them.
    private static final int MOST_MARKS = 16;

    /** A part of the axis across, with a word for it. */
    public record Band(double from, double to, String label) {}

    /** Marks of one ink. */
    public record Lane(Ink ink, List<Mark> marks) {}

    /**
     * Something that happened.
     *
     * @param at where
     * @param weight 0 to 1: how much it is to be seen
     * @param tip what it says of itself
     */
    public record Mark(double at, double weight, String tip) {}

    /** Makes a chart of lines alone. */
    public Lines(String title, String description, Axis x, Axis y, List<Stroke> strokes) {
        this(title, description, x, y, strokes, List.of(), List.of());
    }

    @Override
    public int height(int width) {
        return HEIGHT + (lanes.isEmpty() ? 0 : lanes.size() * LANE + 6);
    }

    @Override
    public void draw(Markup svg, int width) {
        Frame frame = Frame.of(x, y, width, HEIGHT - 42.0);
        drawBands(svg, frame);
        frame.drawGrid(svg);
        double below = frame.bottom() + 6;
        for (Lane lane : lanes) {
            drawLane(svg, frame, lane, below);
            below += LANE;
        }
        frame.drawBelow(svg, (lanes.isEmpty() ? frame.bottom() : below) + 15);
        for (Stroke stroke : strokes) {
            drawStroke(svg, frame, stroke);
        }
    }

    private void drawBands(Markup svg, Frame frame) {
        boolean shaded = false;
        for (Band band : bands) {
            double from = frame.atX(band.from());
            double to = frame.atX(band.to());
            if (shaded) {
                svg.leaf(
                        "rect",
                        "class",
                        "band",
                        "x",
                        from,
                        "y",
                        frame.top(),
                        "width",
                        to - from,
                        "height",
                        frame.bottom() - frame.top());
            }
            svg.element("text", band.label(), "class", "t mid name", "x", (from + to) / 2, "y", frame.top() - 2);
            shaded = !shaded;
        }
    }

    private static void drawLane(Markup svg, Frame frame, Lane lane, double top) {
        svg.open("g", "class", lane.ink().css());
        svg.leaf("line", "class", "grid", "x1", frame.left(), "x2", frame.right(), "y1", top + 4, "y2", top + 4);
        for (Mark mark : lane.marks()) {
            double half = 1.5 + 2.5 * mark.weight();
            double at = frame.atX(mark.at());
            svg.open("line", "class", "s", "x1", at, "x2", at, "y1", top + 4 - half, "y2", top + 4 + half);
            svg.element("title", mark.tip()).close();
        }
        svg.close();
    }

    private static void drawStroke(Markup svg, Frame frame, Stroke stroke) {
        svg.open("g", "class", stroke.ink().css());
        StringBuilder points = new StringBuilder();
        for (Stroke.Point point : stroke.points()) {
            double at = frame.atX(point.x());
            points.append(Markup.figure(at))
                    .append(',')
                    .append(Markup.figure(frame.atY(point.y())))
                    .append(' ');
            if (point.low() < point.high()) {
                svg.leaf(
                        "line",
                        "class",
                        "spread",
                        "x1",
                        at,
                        "x2",
                        at,
                        "y1",
                        frame.atY(point.low()),
                        "y2",
                        frame.atY(point.high()));
            }
        }
        if (stroke.points().size() > 1) {
            svg.leaf(
                    "polyline",
                    "class",
                    "s",
                    "points",
                    points.toString().strip(),
                    "stroke-dasharray",
                    stroke.ink().dashes());
        }
        int every = (stroke.points().size() + MOST_MARKS - 1) / MOST_MARKS;
        for (int i = 0; i < stroke.points().size(); i++) {
            Stroke.Point point = stroke.points().get(i);
            svg.open("g", "class", "tip");
            svg.element("title", point.tip());
            if (i % Math.max(1, every) == 0) {
                stroke.ink().mark(svg, frame.atX(point.x()), frame.atY(point.y()), 4);
            }
            svg.leaf("circle", "class", "hit", "cx", frame.atX(point.x()), "cy", frame.atY(point.y()), "r", 9);
            svg.close();
        }
        svg.close();
    }
}
