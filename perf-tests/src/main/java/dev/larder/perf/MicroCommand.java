package dev.larder.perf;

import dev.larder.perf.environment.Environment;
import dev.larder.perf.environment.EnvironmentLines;
import dev.larder.perf.micro.Micro;
import dev.larder.perf.micro.MicroEffort;
import dev.larder.perf.micro.MicroJson;
import dev.larder.perf.micro.MicroOutcome;
import dev.larder.perf.micro.MicroTable;
import dev.larder.perf.suite.StoreChoice;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code larder bench micro}: what single calls cost. */
@Command(
        name = "micro",
        description = {
            "Measures with JMH what single calls cost, a store's and the client's, and prints a table: nanoseconds for"
                    + " an operation by one caller, half of the interval that the mean lies in with 99.9 %%"
                    + " confidence, bytes that all threads allocate for it, and how often garbage was collected"
                    + " meanwhile.",
            "",
            "Benchmarks on a store run over each store on the class path, those of LARDER_CLASSPATH included, with"
                    + " entries of 1 KiB. What a store writes behind is not part of its times. The last six need no"
                    + " store, or take one in memory.",
            "",
            "Takes some ten minutes over four stores: each benchmark runs in two JVMs on each, for three iterations of"
                    + " 0.4 s that are not counted and five that are. --only and --quick take less.",
            "",
            "Ends with 1 if a call failed or gave a wrong value; never because something was slow. When it is"
                    + " interrupted, what was measured by then is shown and written.",
            ""
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class MicroCommand implements Callable<Integer> {
    private final UnaryOperator<MicroEffort> adjustment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            description = "Run only the benchmarks whose name contains this text.")
    private String only = "";

    @Mixin
    private StoreArguments stores = new StoreArguments();

    @Option(
            names = "--quick",
            description =
                    "Run each benchmark in this JVM, where one leaves its mark on the next, and for half a second:"
                            + " for a rough idea within a minute.")
    private boolean quick;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write the results to this file, as a JSON array.")
    private @Nullable Path json;

    MicroCommand() {
        this(UnaryOperator.identity());
    }

    /** @param adjustment makes of the effort that is asked for the one that is made */
    MicroCommand(UnaryOperator<MicroEffort> adjustment) {
        this.adjustment = adjustment;
    }

    @Override
    public Integer call() {
        Subcommands.refuseOptionsBefore(spec);
        List<StoreChoice> choices = stores.chosen();
        Micro micro = micro(choices);
        ResultFile file = json == null ? null : ResultFile.at(json);
        StoreArguments.tryOut(choices);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Environment begun = Environment.of(Invocation.arguments(spec));
        try (Interrupts interrupts = Interrupts.of(err, spec.qualifiedName())) {
            MicroOutcome outcome = micro.run(interrupts.over(TerminalProgress.on(err, "micro")));
            Environment environment = begun.ended(outcome.interrupted());
            EnvironmentLines.print(environment, out);
            MicroTable.print(outcome.results(), out);
            if (file != null) {
                file.write(writer -> writer.write(MicroJson.text(outcome.results(), environment)));
            }
            outcome.violations().forEach(violation -> err.println(spec.qualifiedName() + ": " + violation));
            err.flush();
            if (outcome.interrupted()) {
                return interrupts.exitCode();
            }
            return outcome.violations().isEmpty() ? 0 : CommandException.FAILED;
        }
    }

    private Micro micro(List<StoreChoice> choices) {
        try {
            return new Micro(only, choices, adjustment.apply(quick ? MicroEffort.quick() : MicroEffort.full()));
        } catch (IllegalArgumentException e) {
            throw CommandException.badInput(e.getMessage());
        }
    }
}
