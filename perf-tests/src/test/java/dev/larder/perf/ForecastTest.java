package dev.larder.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.perf.suite.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {
    private static final Step FAST = new Step("fast", 1, false);
    private static final Step SLOW = new Step("slow", 1, false);
    private static final Step UNKNOWN = new Step("unknown", 2, false);
    private static final Step CERTAIN = new Step("certain", 5, true);

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void stepsTakeAsLongAsTheyDidBefore() {
        Forecast forecast = new Forecast(List.of(FAST, SLOW, FAST, SLOW));
        forecast.next(0);
        assertThat(forecast.left(seconds(1))).as("nothing is known yet").isNull();

        forecast.next(seconds(1));
        forecast.next(seconds(10));

        assertThat(forecast.left(seconds(10))).isEqualTo(Duration.ofSeconds(1 + 9));
        assertThat(forecast.left(seconds(11))).isEqualTo(Duration.ofSeconds(9));
        assertThat(forecast.left(seconds(99))).as("a step that takes longer").isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void unknownStepsTakeLongerWhereOthersDid() {
        Forecast forecast = new Forecast(List.of(FAST, SLOW, UNKNOWN, CERTAIN));
        forecast.next(0);
        forecast.next(seconds(2));
        forecast.next(seconds(6));

        assertThat(forecast.left(seconds(6))).isEqualTo(Duration.ofSeconds(2 * 3 + 5));
    }

    @Test
    void moreStepsThanPlannedAreNoHarm() {
        Forecast forecast = new Forecast(List.of(FAST));
        forecast.next(0);
        forecast.next(seconds(1));
        forecast.next(seconds(2));

        assertThat(forecast.left(seconds(3))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"400,0 s", "99000,99 s", "100000,2 min", "2690000,45 min"})
    void saysNoMoreDigitsThanItKnows(long millis, String text) {
        assertThat(Forecast.text(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
