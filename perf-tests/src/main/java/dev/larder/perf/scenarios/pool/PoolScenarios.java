package dev.larder.perf.scenarios.pool;

import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Scenario.Crowd;
import java.util.List;

/** The scenario of this package. */
public final class PoolScenarios {
    private static final int MOST_REPETITIONS = 3;

    private PoolScenarios() {}

    /** Returns it. */
    public static List<Scenario> all() {
        return List.of(new Scenario(
                "pool",
                "50 callers get entries through 4 readers, where a store has readers; then these are kept busy, so that"
                        + " impatient calls run out of time, and must be as good as new afterwards.",
                new PoolCourse(),
                List.of(new Crowd(50, 40)),
                MOST_REPETITIONS));
    }
}
