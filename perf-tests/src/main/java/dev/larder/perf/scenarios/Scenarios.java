package dev.larder.perf.scenarios;

import dev.larder.perf.scenarios.calls.CallScenarios;
import dev.larder.perf.scenarios.pool.PoolScenarios;
import dev.larder.perf.scenarios.slow.SlowScenarios;
import dev.larder.perf.scenarios.tokens.TokenScenarios;
import dev.larder.perf.suite.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The scenarios that exist. */
public final class Scenarios {
    // A line for each group; a package of its own where a group is made of several classes.
    private static final List<Scenario> ALL = Stream.of(
                    HttpScenarios.all(),
                    CallScenarios.all(),
                    SlowScenarios.all(),
                    TokenScenarios.all(),
                    EntryScenarios.all(),
                    PoolScenarios.all(),
                    HeldScenarios.all())
            .flatMap(List::stream)
            .toList();

    private Scenarios() {}

    /** Returns every scenario, in the order of reports. */
    public static List<Scenario> all() {
        return ALL;
    }

    /** Returns the scenario of that name, if there is one. */
    public static Optional<Scenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }
}
