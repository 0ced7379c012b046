package dev.larder.perf.baseline;

import dev.larder.perf.baseline.Change.Verdict;
import dev.larder.perf.report.Figures;
import dev.larder.perf.report.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A comparison for people. */
public final class ComparisonTable {
    private ComparisonTable() {}

    /** Prints what became of each row, and what that rests on. */
    public static void print(Comparison comparison, PrintWriter out) {
        TextTable table = new TextTable(
                2,
                "store",
                "scenario",
                "callers",
                "metric",
                "before",
                "after",
                "change",
                "95 % interval",
                "p",
                "p adjusted",
                "verdict");
        for (Change change : comparison.changes()) {
            boolean tested = change.verdict() != Verdict.UNTESTED && change.verdict() != Verdict.SHOWN;
            table.add(
                    change.key().store(),
                    change.key().scenario(),
                    Integer.toString(change.key().threads()),
                    change.metric().title(),
                    figure(change.metric(), change.before()),
                    figure(change.metric(), change.after()),
                    percent(change.shift().estimate()),
                    percent(change.shift().low()) + " to "
                            + percent(change.shift().high()),
                    tested ? probability(change.p()) : "",
                    tested ? probability(change.adjusted()) : "",
                    change.verdict().title());
        }
        table.print(out);
        out.println(
                "Change: the median ratio of any repetition after to any before (Hodges-Lehmann). p: how probable so"
                        + " clear a difference for the worse is by accident (Mann-Whitney U), then with regard to all "
                        + comparison.tested() + " tests (Benjamini-Hochberg). WORSE: by more than "
                        + threshold(comparison) + ", and p adjusted at most " + Comparison.LEVEL + ".");
        rest(comparison, out);
        out.flush();
    }

    private static void rest(Comparison comparison, PrintWriter out) {
        long untested = comparison.changes().stream()
                .filter(change -> change.verdict() == Verdict.UNTESTED)
                .map(Change::key)
                .distinct()
                .count();
        if (untested > 0) {
            out.println(rows(untested) + " not tested: that takes " + Comparison.FEWEST
                    + " repetitions in both runs, and --quick makes one.");
        }
        missing(comparison.onlyBefore(), "are only in the earlier run", out);
        missing(comparison.onlyAfter(), "are only in the later run", out);
        if (!comparison.differences().isEmpty()) {
            out.println("Beware when you compare the two: " + String.join("; ", comparison.differences()) + ".");
        }
    }

    private static void missing(List<RowKey> keys, String where, PrintWriter out) {
        if (!keys.isEmpty()) {
            out.println("Rows that " + where + ": " + keys.size() + ", such as " + keys.get(0) + ".");
        }
    }

    private static String rows(long count) {
        return count == 1 ? "One row was" : count + " rows were";
    }

    /** Returns a change for the worse in one line. */
    public static String line(Change change, Comparison comparison) {
        return change.key() + ": " + change.metric().title() + " is worse by more than " + threshold(comparison) + ": "
                + figure(change.metric(), change.before()) + " before, " + figure(change.metric(), change.after())
                + " now, " + percent(change.shift().estimate()) + " ("
                + percent(change.shift().low()) + " to "
                + percent(change.shift().high()) + "), p " + probability(change.adjusted());
    }

    private static String threshold(Comparison comparison) {
        return String.format(Locale.ROOT, "%s %%", number(comparison.threshold() * 100));
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.4f", value);
        return text.replaceAll("\\.?0+$", "");
    }

    private static String figure(Metric metric, double value) {
        return metric == Metric.THROUGHPUT ? Figures.count(Math.round(value)) : Figures.duration(Math.round(value));
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%+.1f %%", part * 100);
    }

    private static String probability(double p) {
        return p < 0.0001 ? "<0.0001" : String.format(Locale.ROOT, "%.4f", p);
    }
}
