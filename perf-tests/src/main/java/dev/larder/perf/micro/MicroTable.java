package dev.larder.perf.micro;

import dev.larder.perf.report.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The results as a table for a terminal. */
public final class MicroTable {
    private MicroTable() {}

    /** Prints a line for each. */
    public static void print(List<MicroResult> results, PrintWriter out) {
        TextTable table = new TextTable(2, "benchmark", "store", "ns/op", "+/-", "B/op", "collections");
        for (MicroResult result : results) {
            table.add(
                    result.benchmark(),
                    result.store() == null ? "" : result.store(),
                    figure(result.nanosPerOp()),
                    figure(result.error()),
                    figure(result.bytesPerOp()),
                    Long.toString(result.collections()));
        }
        table.print(out);
    }

    /** Returns a figure with a decimal place where it counts. */
    private static String figure(@Nullable Double figure) {
        if (figure == null) {
            return "";
        }
        return String.format(Locale.ROOT, figure < 99.95 ? "%,.1f" : "%,.0f", figure);
    }
}
