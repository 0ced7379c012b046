package dev.larder.perf.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    @Test
    void risingIsNotSteady() {
        assertThat(WarmUp.of(List.of(100.0, 150.0, 225.0))).isEqualTo(new WarmUp(3, false));
        assertThat(WarmUp.of(List.of(100.0, 150.0, 225.0, 340.0, 500.0))).isEqualTo(new WarmUp(5, false));
    }

    @Test
    void threeThatLieCloseTogetherAreSteady() {
        assertThat(WarmUp.of(List.of(10.0, 100.0, 109.0, 95.0))).isEqualTo(new WarmUp(4, true));
    }

    @Test
    void noiseThatDoesNotRiseIsSteady() {
        assertThat(WarmUp.of(List.of(100.0, 60.0, 105.0))).isEqualTo(new WarmUp(3, true));
        assertThat(WarmUp.of(List.of(50.0, 100.0, 60.0, 90.0))).isEqualTo(new WarmUp(4, true));
    }

    @Test
    void oneRiseAgainIsNotSteady() {
        assertThat(WarmUp.of(List.of(100.0, 60.0, 130.0))).isEqualTo(new WarmUp(3, false));
    }

    @Test
    void fewRoundsDoNotTell() {
        assertThat(WarmUp.of(List.of(100.0))).isEqualTo(new WarmUp(1, null));
        assertThat(WarmUp.of(List.of(100.0, 100.0)).steady()).isNull();
    }
}
