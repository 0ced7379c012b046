package dev.larder.perf.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What must hold after a scenario. */
@FunctionalInterface
public interface Expectation {
    /** Returns what does not hold, each in a few words; empty if all is well. */
    List<String> violations(Load load, Measurement measurement);

    /** Returns the expectation that no call and no write to the store fails, and that so many calls reach the upstream. */
    static Expectation upstreamCalls(ToLongFunction<Load> expected) {
        return (load, measurement) -> {
            List<String> violations = new ArrayList<>();
            if (measurement.errors() > 0) {
                violations.add(measurement.errors() + " of " + load.requests() + " calls failed, the first with: "
                        + measurement.firstError());
            }
            if (measurement.storeFailures() > 0) {
                violations.add("the store failed " + measurement.storeFailures() + " times");
            }
            long calls = expected.applyAsLong(load);
            if (measurement.upstreamCalls() != calls) {
                violations.add(measurement.upstreamCalls() + " calls reached the upstream instead of " + calls);
            }
            return violations;
        };
    }
}
