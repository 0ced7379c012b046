package dev.larder.perf;

import dev.larder.perf.BaselineOptions.Baseline;
import dev.larder.perf.baseline.RunFile;
import dev.larder.perf.environment.Environment;
import dev.larder.perf.environment.EnvironmentLines;
import dev.larder.perf.report.JsonReport;
import dev.larder.perf.report.TableReport;
import dev.larder.perf.suite.Outcome;
import dev.larder.perf.suite.Result;
import dev.larder.perf.suite.Stage;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.Suite;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code larder bench}: the load suite. */
@Command(
        name = "bench",
        description = {
            "Runs the load suite over stores and prints a table.",
            "",
            "Scenarios:",
            "  miss              every POST is new",
            "  hit               all callers send one POST whose answer is kept",
            "  mixed             callers with even numbers hit, the others miss",
            "  users             10, 50 and 100 users send five POSTs each, two of them kept",
            "  burst             200 callers send one POST each at once, every other one new",
            "  ramp-up           5, 10, 20, then 50 callers, every other POST new, over time",
            "  sustained         20 callers for 5 s, or --duration: throughput, pauses and heap over time",
            "  latency           one POST, 100 in sequence, 20 at once, 1,000, kept and new",
            "  throughput        500 POSTs, then ten batches of 50, every other one new",
            "  slow-client       8 callers beside 8 who read 256 KiB slowly",
            "  slow-upstream     kept and new answers of an upstream that takes 20 ms",
            "  tokens            1, 4 and 16 callers ask a chat API that charges, also within a budget",
            "On the store itself:",
            "  signups           50 callers x 20: a put, and a putAll of five",
            "  creates           30 x 15: a get that finds nothing, and a put",
            "  retrievals        40 x 25: gets among 500 entries",
            "  mixed-operations  30 x 40: 60 %% puts and 40 %% gets among 500 entries",
            "  stress            100 x 10: everything that a store can do",
            "  pool              50 callers of a store with 4 readers, exhausted, and recovered",
            "  steady            gets and puts arrive at a given rate, or --find-limit: at the highest that holds",
            "On what is kept and held:",
            "  hit-rate          what part is answered: all, none and half kept, 1,000 callers, Zipf traces",
            "  memory            five rounds of the same work: heap, file handles, threads",
            "  sockets           hits while 1,000 WebSockets and 1,000 streams are open",
            "  chaos             mixed, while the store fails, stalls and recovers",
            "Beside libraries of others:",
            "  peers             GETs through HTTP clients, calls on stores, and probes of what each can do",
            "",
            "Under steady, calls arrive at equal distances whether or not earlier ones have ended, 60 %% gets and 40"
                    + " %% puts of 1 KiB. Latency counts from the instant at which each was due. Late ones began more than"
                    + " 1 ms after it; dropped ones could not begin within 1 s after the end. Beside the stores runs"
                    + " 'before', one in the shape that programs begin with: one SQLite connection, a rollback journal,"
                    + " a commit for each put.",
            "",
            "--quick takes less than three minutes.",
            "",
            "Ends with 1 if a call failed (but not if one of 'before' failed under steady), or if the number of calls"
                    + " that reached the upstream is not the expected one; with 3 if it is slower than --baseline; with"
                    + " 130 if it was interrupted by Ctrl-C, and what was measured until then is written all the same.",
            ""
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        subcommands = {LimitsCommand.class, CompareCommand.class, MicroCommand.class, SelfTestCommand.class})
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BenchSelection selection = new BenchSelection();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write the results to this file, as a JSON array.")
    private @Nullable Path json;

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Mixin
    private BaselineOptions baselineOptions = new BaselineOptions();

    @Option(
            names = "--profile",
            description =
                    "Record the run with JFR, and show for each scenario the methods it spent its time in, what it"
                            + " allocated and what it waited for. The recording stays beside the file of --json or --html.")
    private boolean profile;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<StoreChoice> choices = selection.stores();
        List<Stage> stages = selection.stages(choices);
        Baseline baseline = baselineOptions.read();
        if (baseline != null) {
            selection.requireSomeOf(baseline, choices);
        }
        ResultFile file = json == null ? null : ResultFile.at(json);
        ReportOptions.Targets reports = report.check();
        StoreArguments.tryOut(choices);
        Environment begun = Environment.of(Invocation.arguments(spec));
        try (Profiling profiling = profile ? Profiling.beside(json != null ? json : report.html()) : Profiling.none()) {
            Outcome outcome;
            int interrupted;
            // Only the run: what is written after it is not left half done.
            try (Interrupts interrupts = Interrupts.of(err, spec.qualifiedName())) {
                outcome = Suite.run(stages, profiling.over(interrupts.over(TerminalProgress.on(err, "bench"))));
                interrupted = outcome.interrupted() ? interrupts.exitCode() : 0;
            }
            List<Result> results = outcome.results();
            profiling.read();
            Environment environment = begun.ended(outcome.interrupted());
            EnvironmentLines.print(environment, out);
            TableReport.print(results, out);
            profiling.print(results, out);
            String written = JsonReport.text(results, environment, profiling::of);
            if (file != null) {
                file.write(writer -> writer.write(written));
            }
            int verdict = 0;
            if (!results.isEmpty()) {
                reports.writeResults(written);
                verdict = baseline == null ? 0 : verdict(written, baseline);
            }
            int violated = tell(results, err);
            return interrupted != 0 ? interrupted : violated != 0 ? violated : verdict;
        }
    }

    private int tell(List<Result> results, PrintWriter err) {
        List<String> violations =
                results.stream().flatMap(result -> result.violations().stream()).toList();
        violations.forEach(violation -> err.println(spec.qualifiedName() + ": " + violation));
        err.flush();
        return violations.isEmpty() ? 0 : CommandException.FAILED;
    }

    /** Compares what is written with what was: both are read by the same eyes. */
    private int verdict(String written, Baseline baseline) {
        spec.commandLine().getOut().println();
        return Verdict.of(baseline.run(), RunFile.parse(written, "this run"), baseline.threshold(), spec);
    }
}
