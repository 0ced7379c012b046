package dev.larder.perf.scenarios.calls;

import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Scenario.Crowd;
import java.util.List;

/** The scenarios of this package. */
public final class CallScenarios {
    /** The name of the one that goes on for as long as it is told to. */
    public static final String SUSTAINED = "sustained";

    // They take seconds where others take a fraction of one.
    private static final int LONG_ONES = 3;
    private static final int OFTEN = 5;

    private CallScenarios() {}

    /** Returns them, in the order of reports. */
    public static List<Scenario> all() {
        return List.of(
                new Scenario(
                        "ramp-up",
                        "From 5 callers to 10, 20 and 50 in four stages, every other call for a kept answer.",
                        new InStages(List.of(5, 10, 20, 50)),
                        List.of(new Crowd(50, 1)),
                        LONG_ONES),
                new Scenario(
                        SUSTAINED,
                        "20 callers go on for a time, every other call for a kept answer: does anything drift?",
                        new InStages(List.of(20)),
                        List.of(new Crowd(20, 1)),
                        LONG_ONES),
                new Scenario(
                        "latency",
                        "One call, 100 one after another, 20 at once, and 1,000 one after another for the percentiles,"
                                + " for kept answers and for new ones; the row itself is about the 1,000 kept ones.",
                        new LatencyCourse(),
                        List.of(new Crowd(1, LatencyCourse.MANY)),
                        OFTEN),
                new Scenario(
                        "throughput",
                        "500 calls by 20 callers, then ten batches of 50 by 10 callers one after another, every other"
                                + " call for a kept answer; the row itself is about the 500.",
                        new ThroughputCourse(),
                        List.of(new Crowd(20, ThroughputCourse.EACH)),
                        OFTEN));
    }
}
