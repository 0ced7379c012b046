package dev.larder.perf.scenarios;

import dev.larder.perf.suite.Expectation;
import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Scenario.Crowd;
import dev.larder.perf.suite.Shape;
import java.util.List;
import java.util.Optional;

/** The scenarios that exist. */
public final class Scenarios {
    // Of the five POSTs that a user sends, two are for answers that are kept already.
    private static final int USERS_POSTS = 5;
    private static final int USERS_KEPT = 2;

    private static final List<Scenario> ALL = List.of(
            new Scenario(
                    "miss",
                    "Every POST is new: all of them reach the upstream and are kept.",
                    new Posts((caller, iteration) -> false),
                    Expectation.upstreamCalls(load -> load.requests())),
            new Scenario(
                    "hit",
                    "All callers send the same POST, whose answer is kept already: none reaches the upstream.",
                    new Posts((caller, iteration) -> true),
                    Expectation.upstreamCalls(load -> 0)),
            new Scenario(
                    "mixed",
                    "Callers with even numbers send a POST whose answer is kept, the others send new ones.",
                    new Posts((caller, iteration) -> caller % 2 == 0),
                    Expectation.upstreamCalls(load -> (long) (load.callers() / 2) * load.iterations())),
            new Scenario(
                    "users",
                    "Each user sends five POSTs: two whose answers are kept, and three that nobody else sends.",
                    new Posts((caller, iteration) -> iteration < USERS_KEPT),
                    Expectation.upstreamCalls(load -> (long) load.callers() * (USERS_POSTS - USERS_KEPT)),
                    List.of(new Crowd(10, USERS_POSTS), new Crowd(50, USERS_POSTS), new Crowd(100, USERS_POSTS))),
            new Scenario(
                    "burst",
                    "All callers send one POST each at the same instant: every other one a new one.",
                    new Posts((caller, iteration) -> caller % 2 == 0),
                    Expectation.upstreamCalls(load -> (long) (load.callers() / 2) * load.iterations()),
                    List.of(new Crowd(200, 1))),
            onEntries(
                    "signups",
                    "Each call puts an entry, and then five that depend on it, all at once.",
                    new Signups(),
                    50,
                    20),
            onEntries(
                    "creates",
                    "Each call looks for an entry that is not there, and puts it.",
                    OneByOne.creating(),
                    30,
                    15),
            onEntries("retrievals", "Each call reads one of 500 entries that are there.", OneByOne.sharing(0), 40, 25),
            onEntries(
                    "mixed-operations",
                    "Of the calls on 500 entries, 60 % write one anew and 40 % read one.",
                    OneByOne.sharing(60),
                    30,
                    40),
            onEntries(
                    "stress",
                    "Each call does one of all the things that a store can do, to entries that all callers share.",
                    new EveryOperation(),
                    100,
                    10));

    private Scenarios() {}

    private static Scenario onEntries(String name, String sentence, Shape shape, int callers, int iterations) {
        return new Scenario(
                name, sentence, shape, Expectation.upstreamCalls(load -> 0), List.of(new Crowd(callers, iterations)));
    }

    /** Returns every scenario, in the order of reports. */
    public static List<Scenario> all() {
        return ALL;
    }

    /** Returns the scenario of that name, if there is one. */
    public static Optional<Scenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }
}
