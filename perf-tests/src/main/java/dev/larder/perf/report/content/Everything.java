package dev.larder.perf.report.content;

import dev.larder.perf.report.content.Table.Cell;
import dev.larder.perf.report.data.Amounts;
import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Measured;
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
        return List.of(new Section("all", "Every result", List.of(new Block.Tabled(table.build()))));
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
                Cell.figure(Amounts.number(line.throughput()), line.throughput()),
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
