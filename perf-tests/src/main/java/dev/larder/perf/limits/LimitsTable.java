package dev.larder.perf.limits;

import dev.larder.perf.report.Figures;
import dev.larder.perf.report.TextTable;
import java.io.PrintWriter;
import java.util.List;

/** The rows as a table for a terminal. */
public final class LimitsTable {
    private LimitsTable() {}

    /** Prints a line for each row. */
    public static void print(List<Row> rows, PrintWriter out) {
        TextTable table = new TextTable(1, "name", "ours", "floor", "ratio", "from", "to", "target", "holds");
        for (Row row : rows) {
            Target target = row.target();
            Boolean holds = row.holds();
            table.add(
                    row.name(),
                    figure(row.unit(), row.ours()),
                    figure(row.unit(), row.floor()),
                    Figures.ratio(row.ratio()),
                    Figures.ratio(row.lowestRatio()),
                    Figures.ratio(row.highestRatio()),
                    target == null ? "" : (target.atLeast() ? ">= " : "<= ") + Figures.ratio(target.value()),
                    holds == null ? "" : holds ? "yes" : "no");
        }
        table.print(out);
    }

    private static String figure(Unit unit, double figure) {
        return switch (unit) {
            case PER_SECOND -> Figures.count(Math.round(figure)) + "/s";
            case SECONDS -> Figures.duration(Math.round(figure * 1e9));
            case BYTES -> Figures.count(Math.round(figure)) + " B";
            case SHARE -> Figures.ratio(figure);
        };
    }
}
