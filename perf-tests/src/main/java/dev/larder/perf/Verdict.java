package dev.larder.perf;

import dev.larder.perf.baseline.Comparison;
import dev.larder.perf.baseline.ComparisonTable;
import dev.larder.perf.baseline.Run;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Tells the user how a run stands beside an earlier one. */
final class Verdict {
    private Verdict() {}

    /** Prints the comparison, and each row that is worse to standard error; returns the code to exit with. */
    static int of(Run before, Run after, double threshold, CommandSpec spec) {
        Comparison comparison = Comparison.of(before, after, threshold);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ComparisonTable.print(comparison, out);
        comparison
                .alarms()
                .forEach(change -> err.println(spec.qualifiedName() + ": " + ComparisonTable.line(change, comparison)));
        err.flush();
        return comparison.alarms().isEmpty() ? 0 : CommandException.WORSE;
    }
}
