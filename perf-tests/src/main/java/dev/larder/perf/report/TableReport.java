package dev.larder.perf.report;

import dev.larder.perf.suite.Result;
import java.io.PrintWriter;
import java.util.List;

/** The results as a table for a terminal. */
public final class TableReport {
    private TableReport() {}

    /** Prints a line for each result. */
    public static void print(List<? extends Result> results, PrintWriter out) {
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
        for (Result row : results) {
            table.add(
                    row.store().name(),
                    row.scenario(),
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
    }
}
