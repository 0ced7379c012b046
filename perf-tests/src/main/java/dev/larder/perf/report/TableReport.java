package dev.larder.perf.report;

import dev.larder.perf.peers.probes.ProbeResult;
import dev.larder.perf.steady.SteadyLimitResult;
import dev.larder.perf.steady.SteadyResult;
import dev.larder.perf.suite.Result;
import dev.larder.perf.suite.Row;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.BiConsumer;

/** The results as tables for a terminal, one for each kind. */
public final class TableReport {
    private static final String UNSTEADY = " *";

    private final List<? extends Result> results;
    private final PrintWriter out;
    private boolean isFirst = true;

    private TableReport(List<? extends Result> results, PrintWriter out) {
        this.results = results;
        this.out = out;
    }

    /** Prints the tables of those kinds that there are results of, with an empty line between them. */
    public static void print(List<? extends Result> results, PrintWriter out) {
        TableReport report = new TableReport(results, out);
        report.print(Row.class, TableReport::printRows);
        report.print(SteadyResult.class, SteadyTable::print);
        report.print(SteadyLimitResult.class, LimitTable::print);
        report.print(ProbeResult.class, ProbeTable::print);
    }

    private <T extends Result> void print(Class<T> kind, BiConsumer<List<T>, PrintWriter> table) {
        List<T> ofKind =
                results.stream().filter(kind::isInstance).map(kind::cast).toList();
        if (ofKind.isEmpty()) {
            return;
        }
        if (!isFirst) {
            out.println();
        }
        isFirst = false;
        table.accept(ofKind, out);
    }

    private static void printRows(List<Row> rows, PrintWriter out) {
        TextTable table = new TextTable(
                2,
                "store",
                "scenario",
                "callers",
                "requests",
                "wall ms",
                "req/s",
                "p50",
                "p99",
                "upstream calls",
                "hit ratio");
        for (Row row : rows) {
            table.add(
                    row.store().name(),
                    row.scenario() + (row.isUnsteady() ? UNSTEADY : ""),
                    Integer.toString(row.callers()),
                    Figures.count(row.requests()),
                    Figures.millis(row.wallNanos()),
                    Figures.count(Math.round(row.throughputPerSecond())),
                    Figures.duration(row.latency().p50()),
                    Figures.duration(row.latency().p99()),
                    Figures.count(row.upstreamCalls()),
                    Figures.ratio(row.hitRatio()));
        }
        table.print(out);
        if (rows.stream().anyMatch(Row::isUnsteady)) {
            out.println(UNSTEADY.strip() + " throughput was still rising when the warm-up ended, so it may be too low");
            out.flush();
        }
    }
}
