package dev.larder.perf;

import dev.larder.perf.baseline.BaselineException;
import dev.larder.perf.baseline.Run;
import dev.larder.perf.baseline.RunFile;
import dev.larder.perf.baseline.Threshold;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code larder bench compare}: two runs that were made before. */
@Command(
        name = "compare",
        description = {
            "Compares two runs that larder bench --json has written, row by row, and prints a table.",
            "",
            "Ends with 3 if a metric of a row is significantly worse by more than the threshold.",
            ""
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "OLD", description = "The earlier run.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "The later run.")
    private Path after = Path.of("");

    @Option(
            names = "--threshold",
            paramLabel = "PERCENT",
            description = "How much worse is too much, such as 10, 10%% or 7.5. Default: ${DEFAULT-VALUE}.",
            defaultValue = Threshold.DEFAULT)
    private String threshold = Threshold.DEFAULT;

    @Override
    public Integer call() {
        Subcommands.refuseOptionsBefore(spec);
        try {
            double parsed = Threshold.parse(threshold);
            Run old = RunFile.parse(ResultFile.read(before), before.toString());
            Run now = RunFile.parse(ResultFile.read(after), after.toString());
            old.requireSomeOf(now.rows().keySet(), before.toString());
            return Verdict.of(old, now, parsed, spec);
        } catch (BaselineException e) {
            throw CommandException.badInput(e.getMessage());
        }
    }
}
