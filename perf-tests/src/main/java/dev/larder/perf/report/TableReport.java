package dev.larder.perf.report;

import dev.larder.perf.peers.probes.ProbeResult;
import dev.larder.perf.steady.SteadyLimitResult;
import dev.larder.perf.steady.SteadyResult;
import dev.larder.perf.suite.Result;
import dev.larder.perf.suite.Row;
import java.io.PrintWriter;
import java.util.List;

/** The results as tables for a terminal, one for each kind. */
public final class TableReport {
    private static final String UNSTEADY = " *";

    private TableReport() {}

    /** Prints the tables of those kinds that there are results of. */
    public static void print(List<? extends Result> results, PrintWriter out) {
        List<Row> rows = ofKind(Row.class, results);
        List<SteadyResult> steady = ofKind(SteadyResult.class, results);
        List<ProbeResult> probes = ofKind(ProbeResult.class, results);
        if (!rows.isEmpty()) {
            printRows(rows, out);
        }
        if (!rows.isEmpty() && !steady.isEmpty()) {
            out.println();
        }
        if (!steady.isEmpty()) {
            SteadyTable.print(steady, out);
        }
        List<SteadyLimitResult> limits = ofKind(SteadyLimitResult.class, results);
        if (!limits.isEmpty()) {
            if (!rows.isEmpty() || !steady.isEmpty()) {
                out.println();
            }
            LimitTable.print(limits, out);
        }
        if (!probes.isEmpty()) {
            if (results.size() > probes.size()) {
                out.println();
            }
            ProbeTable.print(probes, out);
        }
    }

    private static <T extends Result> List<T> ofKind(Class<T> kind, List<? extends Result> results) {
        return results.stream().filter(kind::isInstance).map(kind::cast).toList();
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
