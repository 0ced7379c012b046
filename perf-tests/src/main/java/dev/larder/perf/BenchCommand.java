package dev.larder.perf;

import dev.larder.cache.CacheStoreException;
import dev.larder.perf.report.JsonReport;
import dev.larder.perf.report.TableReport;
import dev.larder.perf.scenarios.Scenarios;
import dev.larder.perf.steady.Arrivals;
import dev.larder.perf.steady.Steady;
import dev.larder.perf.steady.SteadyPlan;
import dev.larder.perf.suite.ClosedLoop;
import dev.larder.perf.suite.Extent;
import dev.larder.perf.suite.Plan;
import dev.larder.perf.suite.Result;
import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Stage;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.StoreChoices;
import dev.larder.perf.suite.Suite;
import dev.larder.perf.suite.TemporaryDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
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
            "  miss              every POST is new",
            "  hit               all callers send one POST whose answer is kept",
            "  mixed             callers with even numbers hit, the others miss",
            "  users             10, 50 and 100 users send five POSTs each, two of them kept",
            "  burst             200 callers send one POST each at once, every other one new",
            "On the store itself:",
            "  signups           50 callers x 20: a put, and a putAll of five",
            "  creates           30 x 15: a get that finds nothing, and a put",
            "  retrievals        40 x 25: gets among 500 entries",
            "  mixed-operations  30 x 40: 60 %% puts and 40 %% gets among 500 entries",
            "  stress            100 x 10: everything that a store can do",
            "  steady            gets and puts arrive at a given rate",
            "",
            "Under steady, calls arrive at equal distances whether or not earlier ones have ended, 60 %% gets and 40"
                    + " %% puts of 1 KiB. Latency counts from the instant at which each was due. Late ones began more than"
                    + " 1 ms after it; dropped ones could not begin within 1 s after the end. Beside the stores runs"
                    + " 'before', one in the shape that programs begin with: one SQLite connection, a rollback journal,"
                    + " a commit for each put.",
            "",
            "All of it takes some five minutes. Ends with 1 if a call failed (but not if one of 'before' failed under"
                    + " steady), or if the number of calls that reached the upstream is not the expected one; never"
                    + " because something was slow.",
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

    private static final int RATE = 10_000;
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Duration SUSTAINED = Duration.ofSeconds(5);
    private static final Duration QUICK_SUSTAINED = Duration.ofSeconds(1);
    private static final Duration QUICK_WINDOW = Duration.ofSeconds(3);
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(3);
    private static final int USERS = 2_000;
    private static final int POPULATION = 20_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--store",
            paramLabel = "STORE",
            description = "A store by the name it has in the table, all stores of a scheme, 'before', or a spec such as"
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
            description =
                    "How many callers call at once under miss, hit and mixed, one row for each number; the others have"
                            + " callers of their own. Default: ${DEFAULT-VALUE}.")
    private String threads = "";

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "How many calls arrive in a second under steady. Default: " + RATE + ".")
    private @Nullable String rate;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "How long they keep arriving, such as 500ms, 30s or 5m. Default: 30s, with --quick 3s.")
    private @Nullable String duration;

    @Option(
            names = "--quick",
            description = "Run each row once instead of " + REPETITIONS + " times, of which the median is shown, and"
                    + " steady for a shorter time.")
    private boolean quick;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write the results to this file, as a JSON array.")
    private @Nullable Path json;

    @Override
    public Integer call() throws InterruptedException {
        List<StoreChoice> choices = chosenStores();
        List<Stage> stages = stages(choices);
        ResultFile file = json == null ? null : ResultFile.at(json);
        tryOut(choices);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<Result> results = Suite.run(stages, TerminalProgress.on(err, "bench"));
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

    private List<Stage> stages(List<StoreChoice> choices) {
        Set<String> names = chosenScenarios();
        List<Integer> callers = callers(threads);
        List<Stage> stages = new ArrayList<>();
        List<Scenario> closed =
                names.stream().flatMap(name -> Scenarios.named(name).stream()).toList();
        if (!closed.isEmpty()) {
            stages.add(new ClosedLoop(new Plan(
                    choices,
                    closed,
                    callers,
                    quick ? QUICK_WARM_UPS : WARM_UPS,
                    ITERATIONS,
                    quick ? 1 : REPETITIONS,
                    1,
                    new Extent(quick, quick ? QUICK_SUSTAINED : SUSTAINED))));
        }
        if (names.contains(Steady.NAME)) {
            stages.add(steady(choices));
        } else if (rate != null || duration != null) {
            throw CommandException.badInput((rate != null ? "--rate" : "--duration") + " is for the scenario "
                    + Steady.NAME + ", which is not chosen");
        }
        return stages;
    }

    private Steady steady(List<StoreChoice> choices) {
        Set<StoreChoice> stores = new LinkedHashSet<>(choices);
        stores.add(StoreChoices.before());
        Arrivals arrivals = new Arrivals(
                rate == null ? RATE : SteadyArguments.rate(rate),
                duration != null ? SteadyArguments.duration(duration) : quick ? QUICK_WINDOW : WINDOW);
        Duration warmUp = arrivals.window().compareTo(LONGEST_WARM_UP) < 0 ? arrivals.window() : LONGEST_WARM_UP;
        return new Steady(new SteadyPlan(List.copyOf(stores), arrivals, warmUp, USERS, POPULATION));
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

    private Set<String> chosenScenarios() {
        Set<String> known = new LinkedHashSet<>();
        Scenarios.all().forEach(scenario -> known.add(scenario.name()));
        known.add(Steady.NAME);
        for (String name : scenarios) {
            if (!known.contains(name)) {
                throw CommandException.badInput(
                        "unknown scenario '" + name + "'; there are: " + String.join(", ", known));
            }
        }
        return scenarios.isEmpty() ? known : new LinkedHashSet<>(scenarios);
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
