package dev.larder.perf.suite;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Runs scenarios over stores with something wrong, which nobody but a test knows. */
public final class Planted {
    private Planted() {}

    /** Returns a store in memory with something wrong round it. */
    public static StoreChoice store(UnaryOperator<CacheStore> wrong) {
        return StoreChoice.baseline("planted", directory -> wrong.apply(CacheStores.open("memory:")));
    }

    /** Runs a scenario once, as small as it gets, with as many callers as it first asks for. */
    public static Measurement run(Scenario scenario, StoreChoice store) throws Exception {
        Scenario.Crowd crowd = scenario.crowds().get(0);
        try (Bench bench = new Bench()) {
            return scenario.course()
                    .run(
                            bench,
                            new Cell(store, scenario, crowd.callers()),
                            new Load(crowd.callers(), 0, crowd.iterations(), new Extent(true, Duration.ofMillis(200))));
        }
    }

    /** Returns what a run finds wrong. */
    public static List<String> faults(Scenario scenario, StoreChoice store) throws Exception {
        return run(scenario, store).faults();
    }
}
