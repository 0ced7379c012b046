package dev.larder.perf.steady;

import dev.larder.perf.suite.StoreChoice;
import java.time.Duration;
import java.util.List;

/**
 * What a run of the scenario covers.
 *
 * @param stores over which stores, one after another
 * @param arrivals when calls arrive that are measured
 * @param warmUp how long calls arrive at the same rate before, while the JVM is still compiling; positive
 * @param users how many calls can be under way at once, at least 1; each has a thread
 * @param population how many entries a store has at the beginning, at least 1
 */
public record SteadyPlan(List<StoreChoice> stores, Arrivals arrivals, Duration warmUp, int users, int population) {
    /** Copies the list and checks the counts. */
    public SteadyPlan {
        stores = List.copyOf(stores);
        if (users < 1 || population < 1) {
            throw new IllegalArgumentException(
                    "at least one user and one entry are needed: " + users + " users, " + population + " entries");
        }
    }
}
