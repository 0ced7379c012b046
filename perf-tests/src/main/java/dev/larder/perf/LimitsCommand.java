package dev.larder.perf;

import dev.larder.perf.limits.Effort;
import dev.larder.perf.limits.Limits;
import dev.larder.perf.limits.LimitsException;
import dev.larder.perf.limits.LimitsJson;
import dev.larder.perf.limits.LimitsTable;
import dev.larder.perf.limits.Machine;
import dev.larder.perf.limits.Row;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code larder bench limits}: what stores and transport cost beside what they stand on. */
@Command(
        name = "limits",
        description = {
            "Runs larder beside the floor that it stands on, turn by turn, and prints a table: the SQLite store beside"
                    + " raw JDBC on the same file and SQL, a call through the cache beside the bare client.",
            "",
            "Ends with 1 if a call failed or gave a wrong value; never because something was slow.",
            ""
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class LimitsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the rows to this file, as a JSON array.")
    private @Nullable Path json;

    @Option(
            names = "--quick",
            description = "Leave files of 2,000,000 rows out, and make repetitions short: a rough idea in a minute.")
    private boolean quick;

    @Option(names = "--only", paramLabel = "TEXT", description = "Run only the rows whose name contains this text.")
    private String only = "";

    @Option(names = "--tiny", hidden = true, description = "Run everything hardly at all, for tests.")
    private boolean tiny;

    @Override
    public Integer call() throws InterruptedException {
        Effort effort = tiny ? Effort.tiny() : quick ? Effort.quick() : Effort.full();
        try (Limits limits = new Limits(effort)) {
            if (limits.names().stream().noneMatch(name -> name.contains(only))) {
                throw CommandException.badInput(
                        "no row has '" + only + "' in its name; there are: " + String.join("; ", limits.names()));
            }
            ResultFile file = json == null ? null : ResultFile.at(json);
            return run(limits, file);
        } catch (LimitsException e) {
            throw new CommandException(CommandException.FAILED, e.getMessage());
        }
    }

    private int run(Limits limits, @Nullable ResultFile file) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Machine.print(out);
        List<Row> rows = limits.run(only, (number, of, name) -> {
            err.println("limits: " + number + " of " + of + ", " + name);
            err.flush();
        });
        LimitsTable.print(rows, out);
        if (file != null) {
            file.write(writer -> LimitsJson.write(rows, writer));
        }
        out.println();
        out.println("Again: ./larder "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs()));
        out.flush();
        return 0;
    }
}
