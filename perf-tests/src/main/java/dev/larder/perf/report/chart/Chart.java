package dev.larder.perf.report.chart;

import dev.larder.perf.report.markup.Markup;

/** A picture of figures. */
public interface Chart {
    /** How wide a chart is by default; wide enough for its texts to be legible on the narrowest phone. */
    int WIDTH = 360;

    /** Returns what it shows, in few words. */
    String title();

    /** Returns what can be seen in it, in a sentence for those who do not see it. */
    String description();

    /** Returns how high it is at a width. */
    int height(int width);

    /** Draws it, from the point 0, 0 to its width and height. */
    void draw(Markup svg, int width);

    /**
     * Adds it to a page, as an element.
     *
     * @param id which begins every id in the element, so that they differ from those of other charts
     */
    default void addTo(Markup page, String id, int width) {
        page.open(
                "svg",
                "class",
                "chart",
                "viewBox",
                "0 0 " + width + " " + height(width),
                "role",
                "img",
                "aria-labelledby",
                id + "-t " + id + "-d");
        page.element("title", title(), "id", id + "-t");
        page.element("desc", description(), "id", id + "-d");
        draw(page, width);
        page.close();
    }
}
