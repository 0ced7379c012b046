package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheStores;
import dev.larder.perf.scenarios.Scenarios;
import dev.larder.perf.suite.ClosedLoop;
import dev.larder.perf.suite.Extent;
import dev.larder.perf.suite.Plan;
import dev.larder.perf.suite.Progress;
import dev.larder.perf.suite.Row;
import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.StoreChoices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The map takes part in the load suite beside larder's own stores, because it is on the class path. */
class MapCacheStoreLoadTest {
    private static final List<Integer> CALLERS = List.of(1, 4);
    private static final int ITERATIONS = 5;

    @TempDir
    private Path directory;

    @Test
    void theMapIsAmongTheStoresOfTheSuite() throws InterruptedException {
        List<StoreChoice> stores = StoreChoices.all();
        assertThat(stores)
                .extracting(StoreChoice::name)
                .containsExactlyInAnyOrderElementsOf(
                        CacheStores.samples(directory).keySet())
                .contains("map");

        List<Scenario> scenarios = Stream.of("miss", "hit", "mixed", "users", "burst", "stress")
                .flatMap(name -> Scenarios.named(name).stream())
                .toList();
        Plan plan = new Plan(stores, scenarios, CALLERS, 4, ITERATIONS, 1, 0, new Extent(true, Duration.ofMillis(200)));
        List<Row> rows = new ClosedLoop(plan).run(Progress.none());

        assertThat(rows).flatExtracting(Row::violations).isEmpty();
        assertThat(rows)
                .filteredOn(row -> row.cell().store().name().equals("map"))
                .extracting(row -> row.cell().scenario().name() + " " + row.upstreamCalls())
                .contains("miss 5", "miss 20", "hit 0", "mixed 0", "mixed 10", "users 30", "burst 100", "stress 0");
    }
}
