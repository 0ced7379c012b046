package dev.larder.perf.scenarios.held;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.Deadline;
import dev.larder.perf.suite.Bench;
import dev.larder.perf.suite.Cell;
import dev.larder.perf.suite.Extent;
import dev.larder.perf.suite.ForwardingStore;
import dev.larder.perf.suite.Load;
import dev.larder.perf.suite.Measurement;
import dev.larder.perf.suite.Planted;
import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.SharedClient;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.StoreChoices;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SocketsTest {
    private static final StoreChoice MEMORY = StoreChoices.named("memory").get(0);

    @Test
    void connectionsBreakWithTheirServerAndThatIsFound() throws Exception {
        Crowd crowd = Crowd.open(SharedClient.open(), 3, 2);
        crowd.close();

        assertThat(crowd.farewell())
                .anySatisfy(fault -> assertThat(fault).matches("2 of 2 streams did not get the last message.*"))
                .anySatisfy(fault -> assertThat(fault).matches("3 of 3 WebSockets did not get the last message.*"));
    }

    @Test
    void crowdIsHeldToItsEnd() throws Exception {
        try (Crowd crowd = Crowd.open(SharedClient.open(), 3, 2)) {
            assertThat(crowd.farewell()).isEmpty();
        }
    }

    @Test
    void limitThatIsTooLowIsOneLine() throws Exception {
        Scenario scenario = Sockets.scenario(10_000_000);
        try (Bench bench = new Bench()) {
            Measurement measurement = scenario.course()
                    .run(
                            bench,
                            new Cell(MEMORY, scenario, 2),
                            new Load(2, 0, 10, new Extent(false, Duration.ofSeconds(1))));

            assertThat(measurement.requests()).isEqualTo(40);
            assertThat(measurement.faults())
                    .singleElement()
                    .asString()
                    .matches("20000000 connections need 40000100 file descriptors, and [0-9]+ are left: raise the limit"
                            + " \\(ulimit -n\\)");
        }
    }

    @Test
    void storeThatForgetsCostsUpstreamCallsAndThatIsFound() throws Exception {
        StoreChoice forgetful = Planted.store(store -> new ForwardingStore(store) {
            @Override
            public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
                return null;
            }
        });

        assertThat(Planted.faults(Sockets.scenario(2), forgetful))
                .hasSize(3)
                .allSatisfy(fault -> assertThat(fault)
                        .matches("[0-9]+ calls for an answer that is kept reached the upstream"
                                + " (at first|alone|beside the crowd) instead of 0"));
    }
}
