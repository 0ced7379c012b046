package dev.larder.perf;

import dev.larder.perf.environment.Environment;
import dev.larder.perf.environment.EnvironmentLines;
import dev.larder.perf.limits.Effort;
import dev.larder.perf.limits.Limits;
import dev.larder.perf.limits.LimitsException;
import dev.larder.perf.limits.LimitsJson;
import dev.larder.perf.limits.LimitsOutcome;
import dev.larder.perf.limits.LimitsTable;
import dev.larder.perf.limits.Row;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code larder bench limits}: larder beside the floor that it stands on, and beside its peers. */
@Command(
        name = "limits",
        description = {
            "Runs larder beside the floor that it stands on and prints a table: the SQLite store beside raw JDBC on the"
                    + " same file with the same SQL, a miss beside the bare client, a hit from memory beside the least"
                    + " that a hit can be. GETs also run beside other clients with a cache.",
            "",
            "Both run in turn in this process, several times. Figures are medians; from and to are the lowest and the"
                    + " highest ratio of any turn. Rows without a target are only shown.",
            "",
            "Takes half an hour and up to 10 GB where the system keeps temporary files; --only and --quick take"
                    + " less.",
            "",
            "Ends with 1 if a call failed or gave a wrong value, never because something was slow; with 130 if it was"
                    + " interrupted by Ctrl-C, and the rows that were measured until then are written all the same.",
            ""
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class LimitsCommand implements Callable<Integer> {
    private final Function<Effort, Limits> source;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--only", paramLabel = "TEXT", description = "Run only the rows whose name contains this text.")
    private String only = "";

    @Option(
            names = "--quick",
            description =
                    "Leave out the files of 2,000,000 rows, and make each turn so short that little of what goes on"
                            + " in the background falls into it: for a rough idea.")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the rows to this file, as a JSON array.")
    private @Nullable Path json;

    LimitsCommand() {
        this(Limits::new);
    }

    /** @param source makes what is run */
    LimitsCommand(Function<Effort, Limits> source) {
        this.source = source;
    }

    @Override
    public Integer call() {
        Subcommands.refuseOptionsBefore(spec);
        try (Limits limits = source.apply(quick ? Effort.quick() : Effort.full())) {
            if (limits.names().stream().noneMatch(name -> name.contains(only))) {
                throw CommandException.badInput(
                        "no row has '" + only + "' in its name; there are: " + String.join("; ", limits.names()));
            }
            return run(limits, json == null ? null : ResultFile.at(json));
        } catch (LimitsException e) {
            throw new CommandException(CommandException.FAILED, e.getMessage());
        }
    }

    private int run(Limits limits, @Nullable ResultFile file) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Environment begun = Environment.of(Invocation.arguments(spec));
        LimitsOutcome outcome;
        int exitCode;
        // Only the run: what is written after it is not left half done.
        try (Interrupts interrupts = Interrupts.of(err, spec.qualifiedName())) {
            outcome = limits.run(only, interrupts.over(TerminalProgress.on(err, "limits")));
            exitCode = outcome.interrupted() ? interrupts.exitCode() : 0;
        }
        List<Row> rows = outcome.rows();
        Environment environment = begun.ended(outcome.interrupted());
        EnvironmentLines.print(environment, out);
        LimitsTable.print(rows, out);
        if (file != null) {
            file.write(writer -> writer.write(LimitsJson.text(rows, environment)));
        }
        return exitCode;
    }
}
