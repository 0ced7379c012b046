package dev.larder.perf.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimedCallersTest {
    private static final Duration WINDOW = Duration.ofMillis(80);

    @Test
    void callersComeInStagesAndEveryCallIsCounted() throws InterruptedException {
        LongAdder made = new LongAdder();

        TimedCallers.Timed timed =
                TimedCallers.run(List.of(1, 2, 4, 6), WINDOW, number -> iteration -> call(made::increment, null));

        assertThat(timed.points()).extracting(Series.Point::callers).containsExactly(1, 2, 4, 6);
        assertThat(timed.points()).extracting(Series.Point::atMillis).isSorted();
        assertThat(timed.recorded().requests()).isEqualTo(made.sum()).isPositive();
        assertThat(timed.recorded().errors()).isZero();
    }

    @Test
    void whatIsWrongIsAnError() throws InterruptedException {
        TimedCallers.Timed timed = TimedCallers.run(
                List.of(2),
                WINDOW,
                number -> iteration -> call(() -> {}, number == 1 && iteration == 3 ? "planted" : null));

        assertThat(timed.recorded().errors()).isEqualTo(1);
        assertThat(timed.recorded().firstError()).isEqualTo("planted");
    }

    @Test
    void callerWhoCannotGoOnIsAnError() throws InterruptedException {
        TimedCallers.Timed timed = TimedCallers.run(List.of(1), WINDOW, number -> iteration -> {
            throw new IllegalStateException("planted");
        });

        assertThat(timed.recorded().errors()).isEqualTo(1);
    }

    private static Call call(Runnable made, @Nullable String fault) {
        return new Call() {
            @Override
            public void make() {
                made.run();
            }

            @Override
            public @Nullable String fault() {
                return fault;
            }
        };
    }
}
