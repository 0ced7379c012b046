package dev.larder.perf.report.content;

import dev.larder.perf.report.chart.Chart;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a section. */
public sealed interface Block {
    /** A text of its own. */
    record Paragraph(String text) implements Block {}

    /** Points, the weightiest first. */
    record Points(List<Point> points) implements Block {}

    /** What a point is about, in few words, and what it says. */
    record Point(String head, String text) {}

    /** What must not be overlooked. */
    record Notice(String head, List<String> lines) implements Block {}

    /** Names and what is known of each. */
    record Facts(Map<String, String> facts) implements Block {}

    /** A table. */
    record Tabled(Table table) implements Block {}

    /** Charts that belong together. */
    record Charts(List<Picture> pictures) implements Block {}

    /**
     * A chart with its figures.
     *
     * @param chart the chart
     * @param wide the same for a place that is wider than a phone; null where one does for both
     * @param data what it shows
     * @param scenario which scenario it is about; null if about several
     */
    record Picture(
            Chart chart,
            @Nullable Integer wide,
            Table data,
            @Nullable String scenario) {
        /** Makes a picture that looks the same everywhere. */
        Picture(Chart chart, Table data, @Nullable String scenario) {
            this(chart, null, data, scenario);
        }
    }

    /** What only those see who ask for it. */
    record Folded(String head, List<Block> blocks, @Nullable String scenario) implements Block {}

    /** A part with a name of its own, about a scenario. */
    record Heading(String scenario, List<Block> blocks) implements Block {}

    /** Commands. */
    record Commands(List<String> lines) implements Block {}
}
