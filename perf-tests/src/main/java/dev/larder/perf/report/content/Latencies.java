package dev.larder.perf.report.content;

import dev.larder.perf.report.chart.Axis;
import dev.larder.perf.report.chart.Chart;
import dev.larder.perf.report.chart.Lines;
import dev.larder.perf.report.chart.Stroke;
import dev.larder.perf.report.content.Table.Cell;
import dev.larder.perf.report.data.Amounts;
import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Measured;
import dev.larder.perf.report.data.Run;
import dev.larder.perf.suite.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

/** How long calls take: the percentiles, on an axis of powers of ten. */
final class Latencies {
    private static final List<String> NAMES = List.of("p50", "p95", "p99", "p99.9");

    private Latencies() {}

    static List<Section> sections(Measured measured, Inks inks) {
        Run run = measured.run();
        List<Block.Picture> pictures = new ArrayList<>();
        for (String scenario : run.scenarios()) {
            List<Line> lines = run.stores().stream()
                    .map(store -> run.find(scenario, Standing.busiest(run, scenario), store))
                    .filter(Objects::nonNull)
                    .filter(line -> line.latency().p50() > 0)
                    .toList();
            if (!lines.isEmpty()) {
                pictures.add(new Block.Picture(chart(scenario, lines, inks), table(scenario, lines), scenario));
            }
        }
        if (pictures.isEmpty()) {
            return List.of();
        }
        return List.of(new Section(
                "latency",
                "How long calls take",
                List.of(
                        new Block.Paragraph("What half of the calls, 95 %, 99 % and 99.9 % of them did not exceed, with"
                                + " the most callers of each scenario. Each line of the grid is ten times the one below"
                                + " where there are few, and two to three times elsewhere. Less is better."),
                        new Block.Charts(pictures))));
    }

    private static Chart chart(String scenario, List<Line> lines, Inks inks) {
        List<Stroke> strokes = new ArrayList<>();
        for (Line line : lines) {
            List<Stroke.Point> points = new ArrayList<>();
            double[] figures = figures(line.latency()).toArray();
            for (int i = 0; i < figures.length; i++) {
                points.add(new Stroke.Point(
                        i, figures[i], Verdict.where(line) + ": " + NAMES.get(i) + " " + Amounts.time(figures[i])));
            }
            strokes.add(new Stroke(inks.of(line.store()), points));
        }
        double least = all(lines).min().orElse(1);
        double most = all(lines).max().orElse(1);
        return new Lines(
                scenario + ", " + Trouble.callers(lines.get(0).callers()),
                "Percentiles of the time that calls take, from " + Amounts.time(least) + " to " + Amounts.time(most)
                        + ".",
                Axis.words("of the calls", NAMES),
                Axis.log("time", least, most, Amounts::time),
                strokes);
    }

    private static DoubleStream all(List<Line> lines) {
        return lines.stream().flatMapToDouble(line -> figures(line.latency()));
    }

    private static DoubleStream figures(Latency latency) {
        // On such an axis there is no place for zero.
        return DoubleStream.of(latency.p50(), latency.p95(), latency.p99(), latency.p999())
                .map(nanos -> Math.max(1, nanos));
    }

    private static Table table(String scenario, List<Line> lines) {
        Table.Builder table = new Table.Builder("Time of calls under " + scenario + ", "
                        + Trouble.callers(lines.get(0).callers()))
                .words("store")
                .figures("p50", "p95", "p99", "p99.9", "longest");
        for (Line line : lines) {
            Latency latency = line.latency();
            table.row(
                    line.store(),
                    scenario,
                    List.of(
                            Cell.text(line.store()),
                            time(latency.p50()),
                            time(latency.p95()),
                            time(latency.p99()),
                            time(latency.p999()),
                            time(latency.max())));
        }
        return table.build();
    }

    static Cell time(long nanos) {
        return Cell.figure(Amounts.time(nanos), nanos);
    }
}
