package dev.larder.perf.report.content;

import dev.larder.perf.report.chart.Bars;
import dev.larder.perf.report.chart.Ratios;
import dev.larder.perf.report.content.Table.Cell;
import dev.larder.perf.report.data.Amounts;
import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Measured;
import dev.larder.perf.report.data.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What became better and worse since an earlier run, and how the stores stand beside the shape that programs begin with. */
final class BeforeAfter {
    private BeforeAfter() {}

    static List<Section> sections(Measured measured, Inks inks) {
        List<Block> blocks = new ArrayList<>();
        if (measured.before() != null) {
            sinceEarlier(measured.before(), measured.run(), blocks);
        }
        besideFirstShape(measured.run(), inks, blocks);
        return blocks.isEmpty() ? List.of() : List.of(new Section("before", "Before and after", blocks));
    }

    private static void sinceEarlier(Run before, Run after, List<Block> blocks) {
        List<Block.Picture> pictures = new ArrayList<>();
        for (String store : after.stores()) {
            List<Ratios.Row> rows = new ArrayList<>();
            Table.Builder table = new Table.Builder("Calls a second of " + store + ", before and after")
                    .words("scenario")
                    .figures("callers", "before", "after", "ratio", "p99 before", "p99 after");
            for (String scenario : after.scenarios()) {
                for (int callers : after.callers(scenario)) {
                    Line now = after.find(scenario, callers, store);
                    Line then = before.find(scenario, callers, store);
                    if (now != null && then != null && then.throughput() > 0) {
                        addCells(then, now, table);
                        if (callers == Standing.busiest(after, scenario)) {
                            rows.add(row(then, now));
                        }
                    }
                }
            }
            if (!rows.isEmpty()) {
                pictures.add(new Block.Picture(
                        new Ratios(
                                store,
                                rows.size() + " scenarios, calls a second now beside those of the earlier run.",
                                rows),
                        table.build(),
                        null));
            }
        }
        blocks.add(new Block.Paragraph(
                pictures.isEmpty()
                        ? "The earlier run has no scenario, store and number of callers that this one has, too."
                        : "Calls a second beside those of the earlier run, with the most callers of each scenario: to"
                                + " the right of the line it has become more, to the left less; the thin line is what"
                                + " the repetitions lie between. Whether a difference is more than chance is for"
                                + " --baseline to say."));
        if (!pictures.isEmpty()) {
            blocks.add(new Block.Charts(pictures));
        }
    }

    private static Ratios.Row row(Line then, Line now) {
        double ratio = now.throughput() / then.throughput();
        return new Ratios.Row(
                now.scenario() + ", " + Trouble.callers(now.callers()),
                ratio,
                now.lowest() / then.throughput(),
                now.highest() / then.throughput(),
                null,
                Amounts.ratio(ratio),
                Verdict.where(now) + ": " + Amounts.rate(then.throughput()) + " before, "
                        + Amounts.rate(now.throughput()) + " after");
    }

    private static void addCells(Line then, Line now, Table.Builder table) {
        double ratio = now.throughput() / then.throughput();
        table.row(
                now.store(),
                now.scenario(),
                List.of(
                        Cell.text(now.scenario()),
                        Cell.figure(Amounts.count(now.callers()), now.callers()),
                        Cell.figure(Amounts.rate(then.throughput()), then.throughput()),
                        Cell.figure(Amounts.rate(now.throughput()), now.throughput()),
                        Cell.figure(Amounts.ratio(ratio), ratio),
                        Latencies.time(then.latency().p99()),
                        Latencies.time(now.latency().p99())));
    }

    private static void besideFirstShape(Run run, Inks inks, List<Block> blocks) {
        for (String scenario : run.scenarios()) {
            Line before = run.busiest(scenario, Run.BEFORE);
            if (before != null) {
                List<Line> lines = run.stores().stream()
                        .map(store -> run.find(scenario, before.callers(), store))
                        .filter(Objects::nonNull)
                        .toList();
                List<Block.Picture> pictures = new ArrayList<>();
                pictures.add(bars(
                        scenario + ": calls a second that were answered",
                        lines,
                        Line::throughput,
                        Amounts::rate,
                        inks));
                pictures.add(bars(
                        scenario + ": what 99 % of the calls did not exceed",
                        lines,
                        line -> line.latency().p99(),
                        Amounts::time,
                        inks));
                if (lines.stream().allMatch(line -> line.detail("dropped") != null)) {
                    pictures.add(bars(
                            scenario + ": part of the calls that could not begin in time",
                            lines,
                            BeforeAfter::dropped,
                            Amounts::percent,
                            inks));
                }
                blocks.add(new Block.Paragraph("“before” is a store in the shape that programs begin with: one SQLite"
                        + " connection, a rollback journal, a commit for each put. Under " + scenario
                        + " it does the same work beside the others."));
                blocks.add(new Block.Charts(pictures));
            }
        }
    }

    private static double dropped(Line line) {
        @Nullable Double dropped = line.detail("dropped");
        return dropped == null ? 0 : dropped / Math.max(1, dropped + line.requests());
    }

    private static Block.Picture bars(
            String title, List<Line> lines, ToDoubleFunction<Line> figure, DoubleFunction<String> text, Inks inks) {
        List<Bars.Bar> bars = new ArrayList<>();
        Table.Builder table = new Table.Builder(title).words("store").figures("figure");
        for (Line line : lines) {
            double value = figure.applyAsDouble(line);
            String said = text.apply(value);
            bars.add(new Bars.Bar(
                    inks.of(line.store()), line.store(), value, value, value, said, line.store() + ": " + said));
            table.row(line.store(), line.scenario(), List.of(Cell.text(line.store()), Cell.figure(said, value)));
        }
        return new Block.Picture(
                new Bars(title, "A bar for each of " + lines.size() + " stores.", bars),
                table.build(),
                lines.get(0).scenario());
    }
}
