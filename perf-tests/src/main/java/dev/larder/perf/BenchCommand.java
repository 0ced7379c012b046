package dev.larder.perf;

import dev.larder.cache.CacheStoreException;
import dev.larder.perf.report.JsonReport;
import dev.larder.perf.report.TableReport;
import dev.larder.perf.suite.ClosedLoop;
import dev.larder.perf.suite.Plan;
import dev.larder.perf.suite.Result;
import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Scenarios;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.StoreChoices;
import dev.larder.perf.suite.Suite;
import dev.larder.perf.suite.TemporaryDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
            "  miss   every POST is new",
            "  hit    all callers send one POST whose answer is kept",
            "  mixed  callers with even numbers hit, the others miss",
            "",
            "Ends with 1 if a call failed, or if the number of calls that reached the upstream is not the expected one;"
                    + " never because something was slow.",
            ""
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        subcommands = LimitsCommand.class)
final class BenchCommand implements Callable<Integer> {
    private static final int MOST_CALLERS = 10_000;

    // An odd number of repetitions has a middle one. One round is thrown away: the JVM is still compiling.
    private static final int ITERATIONS = 50;
    private static final int REPETITIONS = 7;
    private static final int WARM_UPS = 1000;
    private static final int QUICK_WARM_UPS = 500;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--store",
            paramLabel = "STORE",
            description = "A store by the name it has in the table, all stores of a scheme, or a spec such as"
                    + " 'sqlite:x.db?durability=behind'. A spec that names a path uses that path, and what"
                    + " the run puts there stays. May be repeated. Default: every store on the class path.")
    private List<String> stores = new ArrayList<>();

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "A scenario by name. May be repeated. Default: all of them.")
    private List<String> scenarios = new ArrayList<>();

    @Option(
            names = "--threads",
            paramLabel = "N,N...",
            defaultValue = "1,4,8,16,32",
            description = "How many callers call at once, one row for each number. Default: ${DEFAULT-VALUE}.")
    private String threads = "";

    @Option(
            names = "--quick",
            description = "Run each row once instead of " + REPETITIONS + " times, of which the median is shown.")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the rows to this file, as a JSON array.")
    private @Nullable Path json;

    @Override
    public Integer call() throws InterruptedException {
        Plan plan = new Plan(
                chosenStores(),
                chosenScenarios(),
                callers(threads),
                quick ? QUICK_WARM_UPS : WARM_UPS,
                ITERATIONS,
                quick ? 1 : REPETITIONS,
                1);
        ResultFile file = json == null ? null : ResultFile.at(json);
        tryOut(plan.stores());
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<Result> results = Suite.run(List.of(new ClosedLoop(plan)), TerminalProgress.on(err));
        TableReport.print(results, out);
        if (file != null) {
            file.write(writer -> JsonReport.write(results, writer));
        }
        List<String> violations =
                results.stream().flatMap(result -> result.violations().stream()).toList();
        violations.forEach(violation -> err.println(spec.qualifiedName() + ": " + violation));
        err.flush();
        return violations.isEmpty() ? 0 : CommandException.FAILED;
    }

    private List<StoreChoice> chosenStores() {
        if (stores.isEmpty()) {
            return StoreChoices.all();
        }
        Map<String, StoreChoice> byName = new LinkedHashMap<>();
        for (String text : stores) {
            try {
                StoreChoices.named(text).forEach(choice -> byName.putIfAbsent(choice.name(), choice));
            } catch (IllegalArgumentException e) {
                throw CommandException.badInput(e.getMessage());
            }
        }
        return List.copyOf(byName.values());
    }

    private List<Scenario> chosenScenarios() {
        if (scenarios.isEmpty()) {
            return Scenarios.all();
        }
        Set<Scenario> chosen = new LinkedHashSet<>();
        for (String name : scenarios) {
            chosen.add(Scenarios.named(name)
                    .orElseThrow(() -> CommandException.badInput("unknown scenario '" + name + "'; there are: "
                            + String.join(
                                    ", ",
                                    Scenarios.all().stream().map(Scenario::name).toList()))));
        }
        return List.copyOf(chosen);
    }

    private static List<Integer> callers(String list) {
        Set<Integer> counts = new LinkedHashSet<>();
        for (String number : list.split(",", -1)) {
            int count;
            try {
                count = Integer.parseInt(number.strip());
            } catch (NumberFormatException e) {
                count = 0;
            }
            if (count < 1 || count > MOST_CALLERS) {
                throw CommandException.badInput("bad --threads '" + list + "': write numbers from 1 to " + MOST_CALLERS
                        + " with commas between them, such as 1,4,8");
            }
            counts.add(count);
        }
        return List.copyOf(counts);
    }

    /** Opens each store once, so that a bad one is known before the run and not in the middle of it. */
    private static void tryOut(List<StoreChoice> choices) {
        for (StoreChoice choice : choices) {
            try (TemporaryDirectory directory = TemporaryDirectory.create()) {
                choice.open(directory.path()).close();
            } catch (IllegalArgumentException | CacheStoreException e) {
                throw CommandException.badInput("cannot open store '" + choice.name() + "': " + e.getMessage());
            }
        }
    }
}
