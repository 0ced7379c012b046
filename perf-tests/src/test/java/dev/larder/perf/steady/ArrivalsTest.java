package dev.larder.perf.steady;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalsTest {
    @ParameterizedTest
    @CsvSource({
        "10000, PT30S, 300000",
        "1, PT0.2S, 1",
        "3, PT1S, 3",
        "3, PT0.999999999S, 3",
        "3, PT1.000000001S, 4",
        "500, PT0.2S, 100",
        "1000000, PT24H, 86400000000",
        "999983, PT23H59M59.999999999S, 86398531200"
    })
    void arrivalsAreThoseThatAreDueWithinTheWindow(int perSecond, Duration window, long count) {
        Arrivals arrivals = new Arrivals(perSecond, window);

        assertThat(arrivals.count()).isEqualTo(count);
        assertThat(arrivals.dueNanos(0)).isZero();
        assertThat(arrivals.dueNanos(count - 1)).isLessThan(window.toNanos());
        // The next one would be due at the end or later, but for what is lost in whole nanoseconds.
        assertThat(arrivals.dueNanos(count) + 1).isGreaterThan(window.toNanos());
    }

    @Test
    void distancesAreEqual() {
        Arrivals arrivals = new Arrivals(3, Duration.ofSeconds(10));

        assertThat(arrivals.dueNanos(1)).isEqualTo(333_333_333);
        assertThat(arrivals.dueNanos(2)).isEqualTo(666_666_666);
        assertThat(arrivals.dueNanos(3)).isEqualTo(1_000_000_000);
        assertThat(arrivals.dueNanos(28)).isEqualTo(9_333_333_333L);
    }

    @Test
    void whatCannotArriveIsRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Arrivals(0, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new Arrivals(1_000_001, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new Arrivals(1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Arrivals(1, Duration.ofNanos(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Arrivals(1, Duration.ofDays(1).plusNanos(1)));
    }
}
