package dev.larder.perf.report.chart;

import dev.larder.perf.report.markup.Markup;
import java.util.List;

/**
 * Charts and a legend as one SVG file, legible on a light page and on a dark one.
 *
 * @param title of the file
 * @param charts in reading order
 * @param inks the legend, of which those are shown that a chart has; empty if none is needed
 * @param columns how many charts stand beside each other
 * @param width of each chart
 */
public record Sheet(String title, List<Chart> charts, List<Ink> inks, int columns, int width) {
    private static final int GAP = 24;
    private static final int HEAD = 22;
    private static final int LEGEND = 20;
    private static final int NAME = 200;

    /** Returns the file. */
    public String text() {
        int across = Math.max(1, Math.min(columns, charts.size()));
        int total = across * width + (across + 1) * GAP;
        Markup body = new Markup();
        int y = drawLegend(body, total);
        for (int i = 0; i < charts.size(); i += across) {
            List<Chart> row = charts.subList(i, Math.min(charts.size(), i + across));
            int x = GAP;
            for (Chart chart : row) {
                body.element("text", Frame.fitting(chart.title(), width), "class", "h", "x", x, "y", y + 12);
                body.open("svg", "x", x, "y", y + HEAD, "width", width, "height", chart.height(width));
                chart.draw(body, width);
                body.close();
                x += width + GAP;
            }
            y += HEAD
                    + row.stream().mapToInt(chart -> chart.height(width)).max().orElse(0)
                    + GAP;
        }
        Markup svg = new Markup();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 " + total + " " + y,
                "width",
                total,
                "height",
                y,
                "role",
                "img",
                "aria-labelledby",
                "title");
        svg.element("title", title, "id", "title");
        svg.open("style").raw(ChartStyle.standalone()).close();
        svg.leaf("rect", "class", "page", "width", total, "height", y, "rx", 8);
        svg.element("text", title, "class", "h1", "x", GAP, "y", 32);
        return svg.raw(body.toString()).close() + "\n";
    }

    private int drawLegend(Markup svg, int total) {
        int y = 58;
        int x = GAP;
        for (Ink ink : inks.stream().filter(this::isUsed).toList()) {
            if (x + NAME > total && x > GAP) {
                x = GAP;
                y += LEGEND;
            }
            svg.open("g", "class", ink.css());
            ink.swatch(svg, x, y - 4);
            svg.element("text", Frame.fitting(ink.name(), NAME - 34.0), "class", "t", "x", x + 31, "y", y);
            svg.close();
            x += NAME;
        }
        return inks.isEmpty() ? y - 8 : y + LEGEND;
    }

    /** Inks that never meet in a chart may look alike, so that a legend must not name those that are in none of these. */
    private boolean isUsed(Ink ink) {
        return charts.stream().anyMatch(chart -> {
            Markup svg = new Markup();
            chart.draw(svg, width);
            return svg.toString().contains('"' + ink.css());
        });
    }
}
