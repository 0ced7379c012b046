package dev.larder.perf.scenarios.slow;

import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Scenario.Crowd;
import java.util.List;

/** The scenarios of this package. */
public final class SlowScenarios {
    private static final int MOST_REPETITIONS = 3;

    private SlowScenarios() {}

    /** Returns them, in the order of reports. */
    public static List<Scenario> all() {
        return List.of(
                new Scenario(
                        "slow-client",
                        "Eight callers read kept and new answers, alone and then beside eight who take in 256 KiB"
                                + " slowly; the row itself is about the kept ones beside slow readers.",
                        new SlowClientCourse(),
                        List.of(new Crowd(8, 1)),
                        MOST_REPETITIONS),
                new Scenario(
                        "slow-upstream",
                        "The upstream takes 20 ms: kept answers do not wait for it, callers of one new answer share a"
                                + " call, and impatient ones fail alone; the row itself is about the kept answers.",
                        new SlowUpstreamCourse(),
                        List.of(new Crowd(8, 1)),
                        MOST_REPETITIONS));
    }
}
