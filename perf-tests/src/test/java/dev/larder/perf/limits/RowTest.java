package dev.larder.perf.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
    private static Row row(Target target, List<Double> ours, List<Double> floor) {
        return Row.of("name", Unit.PER_SECOND, target, ours, floor);
    }

    @Test
    void figuresAreMedians() {
        Row row = row(Target.atLeast(0.9), List.of(80.0, 1000.0, 90.0), List.of(100.0, 125.0, 50.0));

        assertThat(row.ours()).isEqualTo(90);
        assertThat(row.floor()).isEqualTo(100);
        assertThat(row.ratio()).isEqualTo(0.9);
        assertThat(row.repetitions()).isEqualTo(3);
    }

    @Test
    void medianOfAnEvenNumberWasMeasured() {
        assertThat(row(Target.atLeast(1), List.of(4.0, 1.0, 3.0, 2.0), List.of(1.0, 1.0, 1.0, 1.0))
                        .ours())
                .isEqualTo(2);
    }

    @Test
    void spreadIsOfTurnsAndOfSides() {
        Row row = row(Target.atLeast(0.9), List.of(80.0, 1000.0, 90.0), List.of(100.0, 125.0, 50.0));

        assertThat(row.lowestRatio()).isEqualTo(0.8);
        assertThat(row.highestRatio()).isEqualTo(8);
        assertThat(row.oursSpread()).isCloseTo(920.0 / 90, within(1e-9));
        assertThat(row.floorSpread()).isEqualTo(0.75);
    }

    @Test
    void targetMayBeReached() {
        List<Double> nine = List.of(9.0);
        List<Double> ten = List.of(10.0);

        assertThat(row(Target.atLeast(0.9), nine, ten).holds()).isTrue();
        assertThat(row(Target.atLeast(0.91), nine, ten).holds()).isFalse();
        assertThat(row(Target.atMost(0.9), nine, ten).holds()).isTrue();
        assertThat(row(Target.atMost(0.89), nine, ten).holds()).isFalse();
        assertThat(Row.of("shown", Unit.SECONDS, null, nine, ten).holds()).isNull();
    }
}
