package dev.larder.perf.selftest;

import dev.larder.perf.environment.Environment;
import dev.larder.perf.report.JsonReport;
import dev.larder.perf.scenarios.Scenarios;
import dev.larder.perf.suite.ClosedLoop;
import dev.larder.perf.suite.Extent;
import dev.larder.perf.suite.Plan;
import dev.larder.perf.suite.Progress;
import dev.larder.perf.suite.Result;
import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Scenario.Crowd;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.StoreChoices;
import dev.larder.perf.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A small run of the load suite, in a JVM of its own as those are that people compare: two of our stores, read and
 * written by as many callers as a small machine has processors.
 */
public final class SelfTestRun {
    private static final List<String> STORES = List.of("memory", "sqlite committed");
    private static final List<String> SCENARIOS = List.of("retrievals", "mixed-operations");
    private static final int CALLERS = 2;
    private static final int MOST_WARM_UP_ROUNDS = 5;

    private SelfTestRun() {}

    /**
     * Runs it and writes its results.
     *
     * @param arguments the file for them, by which part the stores are slower, calls of each caller, and repetitions
     */
    public static void main(String... arguments) throws IOException {
        Files.writeString(
                Path.of(arguments[0]),
                run(Double.parseDouble(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3])));
    }

    /** Returns the results as JSON. */
    static String run(double slower, int calls, int repetitions) {
        List<StoreChoice> stores = STORES.stream()
                .flatMap(name -> StoreChoices.named(name).stream())
                .map(choice -> slower == 0 ? choice : choice.wrapped(store -> new SlowedStore(store, slower)))
                .toList();
        List<Scenario> scenarios = SCENARIOS.stream()
                .flatMap(name -> Stream.of(Scenarios.named(name).orElseThrow()))
                .map(scenario -> new Scenario(
                        scenario.name(),
                        scenario.sentence(),
                        scenario.course(),
                        List.of(new Crowd(CALLERS, calls)),
                        repetitions))
                .toList();
        Plan plan = new Plan(
                stores,
                scenarios,
                List.of(CALLERS),
                calls,
                calls,
                repetitions,
                MOST_WARM_UP_ROUNDS,
                new Extent(false, Duration.ofSeconds(1)));
        List<Result> results =
                Suite.run(List.of(new ClosedLoop(plan)), Progress.none()).results();
        results.forEach(result -> {
            if (!result.violations().isEmpty()) {
                throw new IllegalStateException("the self-test went wrong: " + result.violations());
            }
        });
        return JsonReport.text(results, Environment.of(List.of("bench", "self-test")), result -> Map.of());
    }
}
