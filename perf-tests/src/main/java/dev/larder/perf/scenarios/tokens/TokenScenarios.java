package dev.larder.perf.scenarios.tokens;

import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Scenario.Crowd;
import java.util.List;

/** The scenario of this package. */
public final class TokenScenarios {
    private static final int MOST_REPETITIONS = 3;

    private TokenScenarios() {}

    /** Returns it. */
    public static List<Scenario> all() {
        return List.of(new Scenario(
                "tokens",
                "A chat API charges for tokens: each prompt is asked five times by 1, 4 and 16 callers, and then as"
                        + " often as a budget allows, with and without the cache.",
                new TokensCourse(),
                List.of(new Crowd(1, 1), new Crowd(4, 1), new Crowd(16, 1)),
                MOST_REPETITIONS));
    }
}
