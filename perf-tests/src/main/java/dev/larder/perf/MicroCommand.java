package dev.larder.perf;

import dev.larder.perf.environment.Environment;
import dev.larder.perf.environment.EnvironmentLines;
import dev.larder.perf.micro.Micro;
import dev.larder.perf.micro.MicroEffort;
import dev.larder.perf.micro.MicroJson;
import dev.larder.perf.micro.MicroResult;
import dev.larder.perf.micro.MicroTable;
import dev.larder.perf.suite.StoreChoice;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
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
                    "Run each benchmark in this JVM, where one leaves its mark on the next, and for a fifth of a second:"
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
        Environment environment =
                Environment.of(spec.root().commandLine().getParseResult().originalArgs());
        EnvironmentLines.print(environment, spec.commandLine().getOut());
        Outcome outcome = new Outcome(environment, file, micro.size());
        PrintWriter err = spec.commandLine().getErr();
        List<String> violations;
        try (AtExit ignored = AtExit.run(() -> {
            micro.stop();
            outcome.tell(true);
        })) {
            violations = micro.run(TerminalProgress.on(err, "micro"), outcome::add);
        }
        outcome.tell(false);
        violations.forEach(violation -> err.println(spec.qualifiedName() + ": " + violation));
        err.flush();
        return violations.isEmpty() ? 0 : CommandException.FAILED;
    }

    private Micro micro(List<StoreChoice> choices) {
        try {
            return new Micro(only, choices, adjustment.apply(quick ? MicroEffort.quick() : MicroEffort.full()));
        } catch (IllegalArgumentException e) {
            throw CommandException.badInput(e.getMessage());
        }
    }

    /** What was measured so far, to be told once: at the end, or when the JVM ends before. */
    private final class Outcome {
        private final Environment environment;
        private final @Nullable ResultFile file;
        private final int expected;
        // Guarded by this.
        private final List<MicroResult> results = new ArrayList<>();
        private boolean isTold;

        private Outcome(Environment environment, @Nullable ResultFile file, int expected) {
            this.environment = environment;
            this.file = file;
            this.expected = expected;
        }

        private synchronized void add(MicroResult result) {
            results.add(result);
        }

        private synchronized void tell(boolean interrupted) {
            if (isTold) {
                return;
            }
            isTold = true;
            PrintWriter out = spec.commandLine().getOut();
            MicroTable.print(results, out);
            if (results.size() < expected) {
                out.println("Not all: " + results.size() + " of " + expected + ".");
                out.flush();
            }
            if (file != null) {
                Environment ended = environment.ended(interrupted);
                file.write(writer -> MicroJson.write(results, ended, writer));
            }
        }
    }
}
