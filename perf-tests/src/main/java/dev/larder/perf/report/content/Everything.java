package dev.larder.perf.report.content;

import dev.larder.perf.report.content.Table.Cell;
import dev.larder.perf.report.data.Amounts;
import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Measured;
import java.util.ArrayList;
import java.util.List;

/** Every result, in one table. */
final class Everything {
    private Everything() {}

    static List<Section> sections(Measured measured) {
        if (measured.run().lines().isEmpty()) {
            return List.of();
        }
        Table.Builder table = new Table.Builder("Every result")
                .words("store", "scenario")
                .figures(
                        "callers",
                        "calls",
                        "errors",
                        "calls a second",
                        "spread",
                        "p50",
                        "p95",
                        "p99",
                        "p99.9",
                        "longest",
                        "upstream",
                        "hit ratio")
                .sortable();
        measured.run().lines().forEach(line -> table.row(line.store(), line.scenario(), cells(line)));
        List<Block> blocks = new ArrayList<>();
        long unsteady = measured.run().lines().stream().filter(Line::isUnsteady).count();
        if (unsteady > 0) {
            blocks.add(new Block.Paragraph("Of " + measured.run().lines().size() + " results, " + unsteady
                    + (unsteady == 1 ? " is" : " are") + " marked “not steady”: calls were still becoming faster or"
                    + " slower when the longest warm-up that is allowed had passed."));
        }
        blocks.add(new Block.Tabled(table.build()));
        return List.of(new Section("all", "Every result", blocks));
    }

    private static List<Cell> cells(Line line) {
        double spread = line.throughput() <= 0 ? 0 : (line.highest() - line.lowest()) / line.throughput();
        return List.of(
                Cell.text(line.store()),
                Cell.text(line.scenario()),
                Cell.figure(Amounts.count(line.callers()), line.callers()),
                Cell.figure(Amounts.count(line.requests()), line.requests()),
                line.errors() > 0
                        ? Cell.bad(Amounts.count(line.errors()), (double) line.errors())
                        : Cell.figure("0", 0),
                new Cell(
                        Amounts.number(line.throughput()),
                        line.throughput(),
                        null,
                        line.isUnsteady() ? "not steady" : null,
                        false),
                line.repetitions().size() > 1 ? Cell.figure(Amounts.percent(spread), spread) : Cell.text(""),
                Latencies.time(line.latency().p50()),
                Latencies.time(line.latency().p95()),
                Latencies.time(line.latency().p99()),
                Latencies.time(line.latency().p999()),
                Latencies.time(line.latency().max()),
                Cell.figure(Amounts.count(line.upstreamCalls()), line.upstreamCalls()),
                Cell.figure(Amounts.ratio(line.hitRatio()), line.hitRatio()));
    }
}
