package dev.larder.perf.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What must hold after callers have ended. */
@FunctionalInterface
public interface Expectation {
    /** Returns what does not hold, each in a few words; empty if all is well. */
    List<String> violations(Load load, Outcome outcome);

    /**
     * What came of the calls.
     *
     * @param errors calls that threw or got the wrong answer
     * @param firstError what the first of them was; null if there was none
     * @param storeFailures what the cache reported as failures of its store
     * @param upstreamCalls calls that reached the upstream
     */
    record Outcome(long errors, @Nullable String firstError, long storeFailures, long upstreamCalls) {}

    /** Returns the expectation that no call and no write to the store fails, and that so many calls reach the upstream. */
    static Expectation upstreamCalls(ToLongFunction<Load> expected) {
        return (load, outcome) -> {
            List<String> violations = new ArrayList<>();
            if (outcome.errors() > 0) {
                violations.add(outcome.errors() + " of " + load.requests() + " calls failed, the first with: "
                        + outcome.firstError());
            }
            if (outcome.storeFailures() > 0) {
                violations.add("the store failed " + outcome.storeFailures() + " times");
            }
            long calls = expected.applyAsLong(load);
            if (outcome.upstreamCalls() != calls) {
                violations.add(outcome.upstreamCalls() + " calls reached the upstream instead of " + calls);
            }
            return violations;
        };
    }
}
