package dev.larder.perf.steady;

import dev.larder.perf.suite.StoreChoice;
import java.time.Duration;
import java.util.List;

/**
 * What a search for limits covers.
 *
 * @param stores over which stores, one after another
 * @param first when calls arrive at first: the rate, and for how long they do at that rate and every other
 * @param warmUp how long calls arrive at the same rate before, while the JVM is still compiling; positive
 * @param users how many calls can be under way at once, at least 1; each has a thread
 * @param population how many entries a store has at the beginning, at least 1
 * @param p99 what 99 % of the calls must not exceed
 */
public record LimitPlan(
        List<StoreChoice> stores, Arrivals first, Duration warmUp, int users, int population, Duration p99) {
    /** Copies the list and checks the counts. */
    public LimitPlan {
        stores = List.copyOf(stores);
        if (users < 1 || population < 1) {
            throw new IllegalArgumentException(
                    "at least one user and one entry are needed: " + users + " users, " + population + " entries");
        }
        if (p99.isNegative() || p99.isZero()) {
            throw new IllegalArgumentException("calls take time, and cannot be held to " + p99);
        }
    }
}
