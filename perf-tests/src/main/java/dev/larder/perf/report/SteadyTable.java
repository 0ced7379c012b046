package dev.larder.perf.report;

import dev.larder.perf.steady.Operations;
import dev.larder.perf.steady.SteadyResult;
import dev.larder.perf.suite.CallerThreads;
import java.io.PrintWriter;
import java.util.List;

/** The results of calls that arrived at a steady rate: all of them, and reads and writes apart. */
final class SteadyTable {
    private SteadyTable() {}

    static void print(List<SteadyResult> results, PrintWriter out) {
        SteadyResult first = results.get(0);
        out.println("steady: " + Figures.count(first.arrivals().perSecond()) + " calls a second for "
                + Figures.duration(first.arrivals().window().toNanos()) + ", from " + Figures.count(first.callers())
                + " callers (" + CallerThreads.kind() + " threads); latency counts from when a call was due");
        TextTable table = new TextTable(
                2,
                "store",
                "calls",
                "offered/s",
                "achieved/s",
                "requests",
                "errors",
                "dropped",
                "late",
                "p50",
                "p95",
                "p99",
                "p99.9",
                "max",
                "hit ratio");
        for (SteadyResult result : results) {
            add(table, result, "all", result.all(), "");
            add(table, result, "reads", result.reads(), Figures.ratio(result.hitRatio()));
            add(table, result, "writes", result.writes(), "");
        }
        table.print(out);
        for (SteadyResult result : results) {
            if (result.firstError() != null) {
                out.println(result.store().name() + ": the first error was " + result.firstError());
            }
        }
        out.flush();
    }

    private static void add(
            TextTable table, SteadyResult result, String calls, Operations operations, String hitRatio) {
        table.add(
                result.store().name(),
                calls,
                perSecond(operations.offered(), result.arrivals().window().toNanos()),
                perSecond(operations.requests(), result.wallNanos()),
                Figures.count(operations.requests()),
                Figures.count(operations.errors()),
                Figures.count(operations.dropped()),
                Figures.count(operations.late()),
                Figures.duration(operations.latency().p50()),
                Figures.duration(operations.latency().p95()),
                Figures.duration(operations.latency().p99()),
                Figures.duration(operations.latency().p999()),
                Figures.duration(operations.latency().max()),
                hitRatio);
    }

    private static String perSecond(long count, long nanos) {
        return Figures.count(Math.round(count * 1e9 / Math.max(1, nanos)));
    }
}
