package dev.larder.perf.report.chart;

import dev.larder.perf.report.markup.Markup;

/**
 * How something is told apart from the others of its kind: by a colour, by a shape and by a kind of line, so that the
 * colour is never needed.
 *
 * @param number which no other ink of a report has, from 0
 * @param look which pair of colour and shape, and which line, from 0
 * @param name what it stands for
 */
public record Ink(int number, int look, String name) {
    /** How many looks there are that differ in colour, and in shape too: the first ones. */
    public static final int COLOURS = 8;

    /** How many looks there are that differ in colour or in shape. */
    public static final int LOOKS = 3 * COLOURS;

    // From one round of the colours to the next.
    private static final int SHIFT_OF_SHAPES = 3;

    private static final String[] DASHES = {"", "6 3", "2 3", "8 3 2 3"};

    /** Returns the classes of elements in this ink: one that no other ink has, and one of its colour. */
    public String css() {
        return key() + " c" + colour();
    }

    /** Returns which colour it has, from 0. */
    public int colour() {
        return look % COLOURS;
    }

    /** Returns the class that no other ink has. */
    public String key() {
        return "k" + number;
    }

    /** Draws its mark around a point. */
    void mark(Markup svg, double x, double y, double size) {
        double r = size;
        switch ((look + look / COLOURS * SHIFT_OF_SHAPES) % COLOURS) {
            case 0 -> svg.leaf("circle", "class", "m", "cx", x, "cy", y, "r", r);
            case 1 ->
                svg.leaf("rect", "class", "m", "x", x - r * .9, "y", y - r * .9, "width", r * 1.8, "height", r * 1.8);
            case 2 -> shape(svg, x, y, r * 1.2, 0, -1, .95, .7, -.95, .7);
            case 3 -> shape(svg, x, y, r * 1.25, 0, -1, 1, 0, 0, 1, -1, 0);
            case 4 -> shape(svg, x, y, r * 1.2, 0, 1, .95, -.7, -.95, -.7);
            case 5 ->
                shape(
                        svg, x, y, r * 1.15, -1, -.6, -.6, -1, 0, -.4, .6, -1, 1, -.6, .4, 0, 1, .6, .6, 1, 0, .4, -.6,
                        1, -1, .6, -.4, 0);
            case 6 ->
                shape(
                        svg, x, y, r * 1.15, -.3, -1, .3, -1, .3, -.3, 1, -.3, 1, .3, .3, .3, .3, 1, -.3, 1, -.3, .3,
                        -1, .3, -1, -.3, -.3, -.3);
            default ->
                shape(
                        svg, x, y, r * 1.2, 0, -1, .29, -.4, .95, -.31, .48, .15, .59, .81, 0, .5, -.59, .81, -.48, .15,
                        -.95, -.31, -.29, -.4);
        }
    }

    private static void shape(Markup svg, double x, double y, double r, double... corners) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < corners.length; i += 2) {
            points.append(Markup.figure(x + r * corners[i])).append(',');
            points.append(Markup.figure(y + r * corners[i + 1])).append(' ');
        }
        svg.leaf("polygon", "class", "m", "points", points.toString().strip());
    }

    /** Returns the dashes of its lines; none for the first inks. */
    String dashes() {
        return DASHES[(look / 4) % DASHES.length];
    }

    /** Adds the mark alone to a page, for a legend, where the name stands beside it. */
    public void addSwatchTo(Markup page) {
        page.open("svg", "class", "swatch " + css(), "viewBox", "0 0 26 14", "aria-hidden", "true");
        swatch(page, 0, 7);
        page.close();
    }

    void swatch(Markup svg, double x, double y) {
        svg.leaf("line", "class", "s", "x1", x + 1, "x2", x + 25, "y1", y, "y2", y, "stroke-dasharray", dashes());
        mark(svg, x + 13, y, 4.5);
    }
}
