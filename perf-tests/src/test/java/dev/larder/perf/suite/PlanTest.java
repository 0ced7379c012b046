package dev.larder.perf.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Scenario FAST = new Scenario(
                    "fast",
                    "Calls that take next to no time.",
                    (bench, cell, load) -> {
                        throw new AssertionError("nobody runs it");
                    },
                    List.of(),
                    7)
            .withAtLeast(1001);

    @Test
    void callersShareTheFewestRequestsOfAScenario() {
        assertThat(load(FAST, 1, false).iterations()).isEqualTo(1001);
        assertThat(load(FAST, 4, false).iterations()).isEqualTo(251);
        assertThat(load(FAST, 500, false).iterations()).as("those of the plan").isEqualTo(50);
    }

    @Test
    void haveThoseOfThePlanWhereTimeIsShort() {
        assertThat(load(FAST, 1, true).iterations()).isEqualTo(50);
    }

    private static Load load(Scenario scenario, int callers, boolean quick) {
        StoreChoice store = StoreChoices.all().get(0);
        Extent extent = new Extent(quick, Duration.ofSeconds(1));
        Plan plan = new Plan(List.of(store), List.of(scenario), List.of(callers), 0, 50, 1, 0, extent);
        return plan.load(new Cell(store, scenario, callers));
    }
}
