package dev.larder.perf.scenarios;

import dev.larder.perf.scenarios.chaos.Chaos;
import dev.larder.perf.scenarios.held.Memory;
import dev.larder.perf.scenarios.held.Sockets;
import dev.larder.perf.scenarios.hitrate.HitRate;
import dev.larder.perf.suite.Scenario;
import java.util.List;

/** Those that look at what a store keeps, what it costs to be there, and what is left of it after bad times. */
final class HeldScenarios {
    private HeldScenarios() {}

    static List<Scenario> all() {
        return List.of(HitRate.scenario(), Memory.scenario(), Sockets.scenario(), Chaos.scenario());
    }
}
