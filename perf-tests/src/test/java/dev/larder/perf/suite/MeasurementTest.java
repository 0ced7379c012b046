package dev.larder.perf.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static final Latency NONE = new Latency(0, 0, 0, 0, 0, 0, 0);
    private static final Measurement MEASUREMENT = Measurement.of(new Recorded(0, 1, 100, NONE, 0, null, 20, 7));

    @Test
    void storeHasAnsweredWhatDidNotReachTheUpstream() {
        assertThat(MEASUREMENT.answered(40).upstreamCalls()).isEqualTo(40);
        assertThat(MEASUREMENT.answered(40).found()).isEqualTo(60);
        assertThat(MEASUREMENT.answered(40).lookedFor()).isEqualTo(100);
        assertThat(MEASUREMENT.answered(101).upstreamCalls()).isEqualTo(101);
        assertThat(MEASUREMENT.answered(101).found()).isZero();
    }

    @Test
    void callsOnEntriesAreJudgedByWhatTheyLookedFor() {
        Measurement onEntries = MEASUREMENT.answered(1).onEntries();

        assertThat(onEntries.upstreamCalls()).isEqualTo(1);
        assertThat(onEntries.found()).isEqualTo(7);
        assertThat(onEntries.lookedFor()).isEqualTo(20);
    }
}
