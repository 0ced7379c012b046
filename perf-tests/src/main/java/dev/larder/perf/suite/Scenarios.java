package dev.larder.perf.suite;

import java.util.List;
import java.util.Optional;

/** The scenarios that exist. */
public final class Scenarios {
    private static final List<Scenario> ALL = List.of(
            new Scenario(
                    "miss",
                    "Every POST is new: all of them reach the upstream and are kept.",
                    new Posts(caller -> false),
                    Expectation.upstreamCalls(Load::requests)),
            new Scenario(
                    "hit",
                    "All callers send the same POST, whose answer is kept already: none reaches the upstream.",
                    new Posts(caller -> true),
                    Expectation.upstreamCalls(load -> 0)),
            new Scenario(
                    "mixed",
                    "Callers with even numbers send a POST whose answer is kept, the others send new ones.",
                    new Posts(caller -> caller % 2 == 0),
                    Expectation.upstreamCalls(load -> (long) (load.callers() / 2) * load.iterations())));

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
