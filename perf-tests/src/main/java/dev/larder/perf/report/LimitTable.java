package dev.larder.perf.report;

import dev.larder.perf.steady.SteadyLimitResult;
import java.io.PrintWriter;
import java.util.List;

/** The highest rates that stores have held, and what broke the next ones. */
final class LimitTable {
    private LimitTable() {}

    static void print(List<SteadyLimitResult> results, PrintWriter out) {
        SteadyLimitResult first = results.get(0);
        out.println("steady-limit: the last rate at which no call failed or was dropped, and p99 was at most "
                + Figures.duration(first.p99().toNanos()) + ", from " + Figures.count(first.callers()) + " callers");
        TextTable table =
                new TextTable(1, "store", "held/s", "p50", "p99", "p99.9", "rates tried", "broke at/s", "because");
        for (SteadyLimitResult result : results) {
            boolean held = result.limitPerSecond() > 0;
            String brokeBy = result.brokeBy();
            table.add(
                    result.store().name(),
                    held ? Figures.count(result.limitPerSecond()) : "none",
                    held ? Figures.duration(result.latency().p50()) : "",
                    held ? Figures.duration(result.latency().p99()) : "",
                    held ? Figures.duration(result.latency().p999()) : "",
                    Integer.toString(result.steps().size()),
                    brokeBy == null ? "" : Figures.count(result.brokeAtPerSecond()),
                    brokeBy == null ? "" : brokeBy);
        }
        table.print(out);
        out.flush();
    }
}
