package dev.larder.perf.report.content;

import dev.larder.perf.report.chart.Axis;
import dev.larder.perf.report.chart.Bars;
import dev.larder.perf.report.chart.Chart;
import dev.larder.perf.report.chart.Lines;
import dev.larder.perf.report.chart.Stroke;
import dev.larder.perf.report.content.Table.Cell;
import dev.larder.perf.report.data.Amounts;
import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Measured;
import dev.larder.perf.report.data.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many calls a second, over the number of callers where there are several. */
final class Throughput {
    // From here on, the slower stores would lie on the zero line.
    private static final double LOG_FROM = 25;

    private Throughput() {}

    static List<Section> sections(Measured measured, Inks inks) {
        Run run = measured.run();
        List<Block.Picture> pictures = new ArrayList<>();
        for (String scenario : run.scenarios()) {
            if (run.of(scenario).anyMatch(line -> line.throughput() > 0)) {
                Chart chart = run.callers(scenario).size() > 1 ? lines(run, scenario, inks) : bars(run, scenario, inks);
                pictures.add(new Block.Picture(chart, table(run, scenario), scenario));
            }
        }
        if (pictures.isEmpty()) {
            return List.of();
        }
        return List.of(new Section(
                "throughput",
                "Calls a second",
                List.of(
                        new Block.Paragraph("Medians of the repetitions; behind a point or across a bar, what the"
                                + " slowest and the fastest repetition reached. More is better."),
                        new Block.Charts(pictures))));
    }

    private static Chart lines(Run run, String scenario, Inks inks) {
        List<Stroke> strokes = new ArrayList<>();
        for (String store : run.stores()) {
            List<Stroke.Point> points = run.of(scenario)
                    .filter(line -> line.store().equals(store))
                    .sorted(Comparator.comparingInt(Line::callers))
                    .map(line -> new Stroke.Point(
                            line.callers(), line.throughput(), line.lowest(), line.highest(), tip(line)))
                    .toList();
            if (!points.isEmpty()) {
                strokes.add(new Stroke(inks.of(store), points));
            }
        }
        double most = run.of(scenario).mapToDouble(Line::highest).max().orElse(0);
        double least = run.of(scenario)
                .mapToDouble(Line::throughput)
                .filter(figure -> figure > 0)
                .min()
                .orElse(1);
        return new Lines(
                scenario,
                "Calls a second over callers: " + best(run, scenario),
                Axis.ratios("callers", run.callers(scenario)),
                most / least > LOG_FROM
                        ? Axis.log("calls a second", least, most, Amounts::brief)
                        : Axis.linear("calls a second", most, Amounts::brief),
                strokes);
    }

    private static Chart bars(Run run, String scenario, Inks inks) {
        List<Bars.Bar> bars = new ArrayList<>();
        for (String store : run.stores()) {
            Line line = run.busiest(scenario, store);
            if (line != null) {
                bars.add(new Bars.Bar(
                        inks.of(store),
                        store,
                        line.throughput(),
                        line.lowest(),
                        line.highest(),
                        Amounts.rate(line.throughput()),
                        tip(line)));
            }
        }
        return new Bars(
                scenario + ", " + Trouble.callers(Standing.busiest(run, scenario)),
                "Calls a second: " + best(run, scenario),
                bars);
    }

    private static String best(Run run, String scenario) {
        List<Standing> standings = Standing.of(run, scenario, Standing.busiest(run, scenario));
        if (standings.isEmpty()) {
            return "none.";
        }
        Line best = standings.get(0).best();
        return "the most are " + Amounts.rate(best.throughput()) + ", from " + best.store() + ", with "
                + Trouble.callers(best.callers()) + ".";
    }

    private static String tip(Line line) {
        String spread = line.repetitions().size() > 1
                ? "; " + line.repetitions().size() + " repetitions between " + Amounts.rate(line.lowest()) + " and "
                        + Amounts.rate(line.highest())
                : "";
        return Verdict.where(line) + ": " + Amounts.rate(line.throughput()) + spread;
    }

    private static Table table(Run run, String scenario) {
        Table.Builder table = new Table.Builder("Calls a second under " + scenario).figures("callers");
        table.stores(run.stores());
        for (int callers : run.callers(scenario)) {
            List<Cell> cells = new ArrayList<>();
            cells.add(Cell.figure(Amounts.count(callers), callers));
            for (String store : run.stores()) {
                @Nullable Line line = run.find(scenario, callers, store);
                cells.add(
                        line == null ? Cell.text("") : Cell.figure(Amounts.rate(line.throughput()), line.throughput()));
            }
            table.row(null, scenario, cells);
        }
        return table.build();
    }
}
