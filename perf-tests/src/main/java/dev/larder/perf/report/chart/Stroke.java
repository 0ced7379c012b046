package dev.larder.perf.report.chart;

import java.util.List;

/**
 * Points joined by a line.
 *
 * @param ink of line and points
 * @param points from left to right
 */
public record Stroke(Ink ink, List<Point> points) {
    /**
     * A point.
     *
     * @param x its place across
     * @param y its place in height
     * @param low the least that was measured there
     * @param high the most
     * @param tip what it says of itself
     */
    public record Point(double x, double y, double low, double high, String tip) {
        /** Makes a point that was measured once. */
        public Point(double x, double y, String tip) {
            this(x, y, y, y, tip);
        }
    }
}
