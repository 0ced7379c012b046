package dev.larder.perf.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.larder.perf.scenarios.Scenarios;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Cell CELL = new Cell(
            StoreChoice.ofSpec("some", directory -> "some:"),
            Scenarios.named("mixed").orElseThrow(),
            2);

    @Test
    void timesAreMedians() {
        Row row = Row.of(CELL, WarmUp.NONE, List.of(measured(300, 0, 50), measured(100, 0, 50), measured(200, 0, 50)));

        assertThat(row.wallNanos()).isEqualTo(200);
        assertThat(row.settledNanos()).isEqualTo(400);
        assertThat(row.latency()).isEqualTo(latency(200));
        assertThat(row.throughputPerSecond()).isEqualTo(100 * 1e9 / 200);
        assertThat(row.spread()).isCloseTo(1.0, within(1e-9));
        assertThat(row.hitRatio()).isEqualTo(0.5);
        assertThat(row.repetitions()).extracting(Repetition::wallNanos).containsExactly(300L, 100L, 200L);
        assertThat(row.violations()).isEmpty();
    }

    @Test
    void oneBadRepetitionShows() {
        Measurement bad = measured(1, 3, 51).faults(List.of("3 of 100 calls failed", "and more"));
        Row row = Row.of(CELL, WarmUp.NONE, List.of(measured(1, 0, 50), bad, measured(1, 0, 50)));

        assertThat(row.errors()).isEqualTo(3);
        assertThat(row.upstreamCalls()).isEqualTo(51);
        assertThat(row.violations())
                .containsExactly(
                        "some, mixed, 2 callers, repetition 2: 3 of 100 calls failed",
                        "some, mixed, 2 callers, repetition 2: and more");
    }

    @Test
    void whatDoesNotHoldOfABaselineIsShownAndNoViolation() {
        StoreChoice peer = StoreChoice.client("peer", true, false, "keeps little");
        Cell cell = new Cell(peer, CELL.scenario(), 2);
        Row row = Row.of(cell, WarmUp.NONE, List.of(measured(1, 3, 51).faults(List.of("3 of 100 calls failed"))));

        assertThat(row.violations()).isEmpty();
        assertThat(row.errors()).isEqualTo(3);
        assertThat(row.details())
                .containsEntry("deviations", List.of("peer, mixed, 2 callers, repetition 1: 3 of 100 calls failed"));
    }

    @Test
    void detailsAreMediansWhereTheyAreNumbers() {
        Row row = Row.of(
                CELL,
                WarmUp.NONE,
                List.of(
                        measured(1, 0, 50)
                                .detail("bytes", 7L)
                                .detail("share", 0.25)
                                .detail("kind", "a"),
                        measured(1, 0, 50)
                                .detail("bytes", 5L)
                                .detail("share", 0.75)
                                .detail("kind", "b"),
                        measured(1, 0, 50)
                                .detail("bytes", 6L)
                                .detail("share", 0.5)
                                .detail("kind", "c")));

        assertThat(row.details())
                .containsEntry("bytes", 6L)
                .containsEntry("share", 0.5)
                .containsEntry("kind", "c")
                .containsEntry("medianOf", 3);
    }

    private static Measurement measured(long nanos, long errors, long upstreamCalls) {
        return Measurement.of(new Recorded(0, nanos, 100, latency(nanos), errors, null, 0, 0))
                .settledAt(2 * nanos)
                .answered(upstreamCalls);
    }

    private static Latency latency(long nanos) {
        return new Latency(nanos, nanos, nanos, nanos, nanos, nanos, nanos);
    }
}
