package dev.larder.perf;

import dev.larder.perf.baseline.BaselineException;
import dev.larder.perf.baseline.Run;
import dev.larder.perf.baseline.RunFile;
import dev.larder.perf.baseline.Threshold;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the user says about an earlier run to compare with. */
final class BaselineOptions {
    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Compare this run with an earlier one that --json has written, and end with 3 if a metric is"
                    + " significantly worse by more than the threshold.")
    private @Nullable Path file;

    @Option(
            names = "--threshold",
            paramLabel = "PERCENT",
            description = "How much worse than the baseline is too much, such as 10, 10%% or 7.5. Default: 10%%.")
    private @Nullable String threshold;

    /** An earlier run, and how much worse than it is too much. */
    record Baseline(Run run, String name, double threshold) {}

    /**
     * Returns what to compare with, or null if that is nothing.
     *
     * @throws CommandException if the file cannot be used, or the threshold makes no sense
     */
    @Nullable
    Baseline read() {
        try {
            double parsed = Threshold.parse(threshold == null ? Threshold.DEFAULT : threshold);
            if (file != null) {
                String name = file.toString();
                return new Baseline(RunFile.parse(ResultFile.read(file), name), name, parsed);
            }
        } catch (BaselineException e) {
            throw CommandException.badInput(e.getMessage());
        }
        if (threshold != null) {
            throw CommandException.badInput("--threshold is for --baseline, which is not given");
        }
        return null;
    }
}
