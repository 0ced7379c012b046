package dev.larder.perf.scenarios;

import dev.larder.perf.suite.Expectation;
import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Scenario.Crowd;
import java.util.List;

/** Those that send POSTs through a client that caches. */
final class HttpScenarios {
    // Of the five POSTs that a user sends, two are for answers that are kept already.
    private static final int USERS_POSTS = 5;
    private static final int USERS_KEPT = 2;
    // Enough of them to have a 99th percentile, and to take long enough for two runs to be told from each other.
    private static final int FEWEST_HITS = 50_000;
    private static final int FEWEST_MISSES = 1000;
    private static final int FEWEST_OF_BOTH = 2000;

    private HttpScenarios() {}

    static List<Scenario> all() {
        return List.of(
                new Scenario(
                                "miss",
                                "Every POST is new: all of them reach the upstream and are kept.",
                                new Posts((caller, iteration) -> false),
                                Expectation.upstreamCalls(load -> load.requests()))
                        .withAtLeast(FEWEST_MISSES),
                new Scenario(
                                "hit",
                                "All callers send the same POST, whose answer is kept already: none reaches the upstream.",
                                new Posts((caller, iteration) -> true),
                                Expectation.upstreamCalls(load -> 0))
                        .withAtLeast(FEWEST_HITS),
                new Scenario(
                                "mixed",
                                "Callers with even numbers send a POST whose answer is kept, the others send new ones.",
                                new Posts((caller, iteration) -> caller % 2 == 0),
                                Expectation.upstreamCalls(load -> (long) (load.callers() / 2) * load.iterations()))
                        .withAtLeast(FEWEST_OF_BOTH),
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
                        List.of(new Crowd(200, 1))));
    }
}
