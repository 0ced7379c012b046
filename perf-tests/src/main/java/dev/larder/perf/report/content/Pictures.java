package dev.larder.perf.report.content;

import dev.larder.perf.report.chart.Chart;
import dev.larder.perf.report.chart.Ratios;
import dev.larder.perf.report.chart.Sheet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The charts of a report as files of their own, one for each section that has any. */
public final class Pictures {
    /** The names that files can have; which of them there are depends on what was measured. */
    public static final List<String> NAMES =
            List.of("verdict.svg", "throughput.svg", "latency.svg", "before.svg", "floor.svg", "time.svg", "micro.svg");

    private static final int COLUMNS = 3;

    private Pictures() {}

    /** Returns the files by their names. */
    public static Map<String, String> of(Document document) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Section section : document.sections()) {
            List<Block.Picture> pictures = section.blocks().stream()
                    .filter(Block.Charts.class::isInstance)
                    .flatMap(block -> ((Block.Charts) block).pictures().stream())
                    .toList();
            String name = section.id() + ".svg";
            if (!pictures.isEmpty() && NAMES.contains(name)) {
                files.put(name, sheet(section, pictures, document).text());
            }
        }
        return files;
    }

    private static Sheet sheet(Section section, List<Block.Picture> pictures, Document document) {
        List<Chart> charts = pictures.stream().map(Block.Picture::chart).toList();
        Integer wide = pictures.get(0).wide();
        // These compare without regard to stores.
        boolean plain = charts.stream().allMatch(Ratios.class::isInstance);
        return new Sheet(
                section.title(),
                charts,
                plain ? List.of() : document.inks(),
                wide == null ? COLUMNS : 1,
                wide == null ? Chart.WIDTH : wide);
    }
}
