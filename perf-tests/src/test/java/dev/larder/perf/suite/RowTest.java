package dev.larder.perf.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.larder.perf.scenarios.Scenarios;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Load LOAD = new Load(2, 0, 50);
    private static final Cell CELL = new Cell(
            StoreChoice.ofSpec("some", directory -> "some:"),
            Scenarios.named("mixed").orElseThrow(),
            2);

    @Test
    void timesAreMedians() {
        Row row = Row.of(CELL, LOAD, List.of(measured(300, 0, 50), measured(100, 0, 50), measured(200, 0, 50)));

        assertThat(row.wallNanos()).isEqualTo(200);
        assertThat(row.settledNanos()).isEqualTo(400);
        assertThat(row.latency()).isEqualTo(latency(200));
        assertThat(row.throughputPerSecond()).isEqualTo(100 * 1e9 / 200);
        assertThat(row.spread()).isCloseTo(1.0, within(1e-9));
        assertThat(row.hitRatio()).isEqualTo(0.5);
        assertThat(row.repetitions()).isEqualTo(3);
        assertThat(row.violations()).isEmpty();
    }

    @Test
    void oneBadRepetitionShows() {
        Row row = Row.of(CELL, LOAD, List.of(measured(1, 0, 50), measured(1, 3, 51), measured(1, 0, 50)));

        assertThat(row.errors()).isEqualTo(3);
        assertThat(row.upstreamCalls()).isEqualTo(51);
        assertThat(row.violations())
                .containsExactly(
                        "some, mixed, 2 callers, repetition 2: 3 of 100 calls failed, the first with: status 500",
                        "some, mixed, 2 callers, repetition 2: 51 calls reached the upstream instead of 50");
    }

    @Test
    void failuresOfTheStoreAreViolations() {
        Measurement measurement = new Measurement(1, 1, latency(1), 0, null, 7, 50, 0, 0);

        assertThat(Row.of(CELL, LOAD, List.of(measurement)).violations())
                .containsExactly("some, mixed, 2 callers, repetition 1: the store failed 7 times");
    }

    private static Measurement measured(long nanos, long errors, long upstreamCalls) {
        String error = errors == 0 ? null : "status 500";
        return new Measurement(nanos, 2 * nanos, latency(nanos), errors, error, 0, upstreamCalls, 0, 0);
    }

    private static Latency latency(long nanos) {
        return new Latency(nanos, nanos, nanos, nanos, nanos, nanos, nanos);
    }
}
