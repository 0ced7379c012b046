package dev.larder.perf;

import dev.larder.perf.baseline.BaselineException;
import dev.larder.perf.baseline.RowKey;
import dev.larder.perf.peers.stage.Peers;
import dev.larder.perf.scenarios.Scenarios;
import dev.larder.perf.scenarios.calls.CallScenarios;
import dev.larder.perf.steady.Arrivals;
import dev.larder.perf.steady.Steady;
import dev.larder.perf.steady.SteadyPlan;
import dev.larder.perf.suite.ClosedLoop;
import dev.larder.perf.suite.Extent;
import dev.larder.perf.suite.Plan;
import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Stage;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.StoreChoices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What of the load suite is to be run, as the user says it. */
final class BenchSelection {
    private static final int MOST_CALLERS = 10_000;

    // An odd number of repetitions has a middle one. At most so many rounds are thrown away: the JVM is still
    // compiling.
    private static final int ITERATIONS = 50;
    private static final int REPETITIONS = 7;
    private static final int MOST_WARM_UP_ROUNDS = 5;
    private static final int WARM_UPS = 1000;
    private static final int QUICK_WARM_UPS = 500;

    private static final int RATE = 10_000;
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Duration SUSTAINED = Duration.ofSeconds(5);
    private static final Duration QUICK_SUSTAINED = Duration.ofSeconds(1);
    private static final Duration QUICK_WINDOW = Duration.ofSeconds(3);
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(3);
    private static final int POPULATION = 20_000;

    @Mixin
    private StoreArguments stores = new StoreArguments();

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
            description = "How long steady and sustained go on, such as 500ms, 30s, 5m or 12h; sustained then runs once"
                    + " per store. Default: 30s for steady, 5s for sustained, with --quick 3s and 1s.")
    private @Nullable String duration;

    @Option(
            names = "--quick",
            description = "Run each row once instead of " + REPETITIONS + " times, of which the median is shown, and"
                    + " steady for a shorter time.")
    private boolean quick;

    @Mixin
    private LimitOptions limit = new LimitOptions();

    /**
     * Returns what is to be run over the stores.
     *
     * @throws CommandException if that does not exist, or makes no sense
     */
    List<Stage> stages(List<StoreChoice> choices) {
        Set<String> names = chosenScenarios();
        List<Integer> callers = callers(threads);
        List<Stage> stages = new ArrayList<>();
        checkArguments(names);
        List<Scenario> closed =
                names.stream().flatMap(name -> Scenarios.named(name).stream()).toList();
        // Who says how long wants to see that time once, and not three times and one for nothing.
        List<Scenario> soak = duration == null
                ? List.of()
                : closed.stream()
                        .filter(scenario -> scenario.name().equals(CallScenarios.SUSTAINED))
                        .toList();
        List<Scenario> others =
                closed.stream().filter(scenario -> !soak.contains(scenario)).toList();
        if (!others.isEmpty()) {
            stages.add(closedLoop(
                    choices,
                    others,
                    callers,
                    quick ? 1 : REPETITIONS,
                    quick ? 1 : MOST_WARM_UP_ROUNDS,
                    quick ? QUICK_SUSTAINED : SUSTAINED));
        }
        if (duration != null && !soak.isEmpty()) {
            stages.add(closedLoop(choices, soak, callers, 1, 0, SteadyArguments.duration(duration)));
        }
        if (names.contains(Steady.NAME)) {
            stages.add(steady(choices));
        }
        if (names.contains(Peers.NAME)) {
            stages.add(new Peers(choices, quick));
        }
        return stages;
    }

    private void checkArguments(Set<String> names) {
        limit.check(names.contains(Steady.NAME));
        if (rate != null && !names.contains(Steady.NAME)) {
            throw CommandException.badInput("--rate is for the scenario " + Steady.NAME + ", which is not chosen");
        }
        if (duration != null && !names.contains(Steady.NAME) && !names.contains(CallScenarios.SUSTAINED)) {
            throw CommandException.badInput("--duration is for the scenarios " + Steady.NAME + " and "
                    + CallScenarios.SUSTAINED + ", neither of which is chosen");
        }
    }

    private ClosedLoop closedLoop(
            List<StoreChoice> choices,
            List<Scenario> scenarios,
            List<Integer> callers,
            int repetitions,
            int discarded,
            Duration window) {
        return new ClosedLoop(new Plan(
                choices,
                scenarios,
                callers,
                quick ? QUICK_WARM_UPS : WARM_UPS,
                ITERATIONS,
                repetitions,
                discarded,
                new Extent(quick, window)));
    }

    /**
     * Refuses a baseline that has no row of what is to be run.
     *
     * @throws CommandException if it has none
     */
    void requireSomeOf(BaselineOptions.Baseline baseline, List<StoreChoice> choices) {
        Set<String> names = chosenScenarios();
        List<Integer> counts = callers(threads);
        Set<String> stores = new HashSet<>();
        choices.forEach(choice -> stores.add(choice.name()));
        stores.add(StoreChoices.before().name());
        Set<RowKey> common = new HashSet<>(baseline.run().rows().keySet());
        boolean withPeers = names.contains(Peers.NAME);
        common.removeIf(key -> !(withPeers && Peers.isRow(key.scenario()))
                && (!stores.contains(key.store())
                        || !names.contains(key.scenario())
                        || isForOtherCallers(key, counts)));
        try {
            baseline.run().requireSomeOf(common, baseline.name());
        } catch (BaselineException e) {
            throw CommandException.badInput(e.getMessage());
        }
    }

    private static boolean isForOtherCallers(RowKey key, List<Integer> callers) {
        return Scenarios.named(key.scenario())
                .filter(scenario -> scenario.crowds().isEmpty())
                .filter(scenario -> !callers.contains(key.threads()))
                .isPresent();
    }

    private Stage steady(List<StoreChoice> choices) {
        Set<StoreChoice> stores = new LinkedHashSet<>(choices);
        stores.add(StoreChoices.before());
        if (limit.findsLimit()) {
            return limit.stage(List.copyOf(stores), rate, duration, quick, POPULATION);
        }
        Arrivals arrivals = new Arrivals(
                rate == null ? RATE : SteadyArguments.rate(rate),
                duration != null ? SteadyArguments.duration(duration) : quick ? QUICK_WINDOW : WINDOW);
        Duration warmUp = arrivals.window().compareTo(LONGEST_WARM_UP) < 0 ? arrivals.window() : LONGEST_WARM_UP;
        return new Steady(new SteadyPlan(List.copyOf(stores), arrivals, warmUp, limit.users(), POPULATION));
    }

    /**
     * Returns the stores to run over, none of them opened.
     *
     * @throws CommandException if there is no such store
     */
    List<StoreChoice> stores() {
        return stores.chosen();
    }

    private Set<String> chosenScenarios() {
        Set<String> known = new LinkedHashSet<>();
        Scenarios.all().forEach(scenario -> known.add(scenario.name()));
        known.add(Steady.NAME);
        known.add(Peers.NAME);
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
}
