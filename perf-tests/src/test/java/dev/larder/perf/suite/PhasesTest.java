package dev.larder.perf.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PhasesTest {
    @Test
    void measurementIsOfAllPhasesTogether() throws InterruptedException {
        try (Bench bench = new Bench()) {
            Phases phases = new Phases(bench);
            Recorded few =
                    phases.run("few", 2, 3, number -> iteration -> call(null)).recorded();
            Recorded more = phases.run("more", 4, 100, number -> iteration -> call(null))
                    .recorded();

            Measurement all = phases.measurement();

            assertThat(all.faults()).isEmpty();
            assertThat(all.requests()).isEqualTo(2 * 3 + 4 * 100);
            assertThat(all.wallNanos()).isEqualTo(few.wallNanos() + more.wallNanos());
            assertThat(all.latency().min())
                    .isEqualTo(Math.min(few.latency().min(), more.latency().min()));
            assertThat(all.latency().max())
                    .isEqualTo(Math.max(few.latency().max(), more.latency().max()));
        }
    }

    @Test
    void faultNamesItsPhase() throws InterruptedException {
        try (Bench bench = new Bench()) {
            Phases phases = new Phases(bench);
            phases.run("good", 2, 2, number -> iteration -> call(null));
            phases.run("bad", 2, 2, number -> iteration -> call(iteration == 1 ? "planted" : null));

            assertThat(phases.measurement().errors()).isEqualTo(2);
            assertThat(phases.measurement().faults())
                    .containsExactly("2 of 4 calls of phase 'bad' failed, the first with: planted");
        }
    }

    private static Call call(@Nullable String fault) {
        return new Call() {
            @Override
            public void make() {}

            @Override
            public @Nullable String fault() {
                return fault;
            }
        };
    }
}
