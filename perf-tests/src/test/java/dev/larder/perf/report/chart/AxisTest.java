package dev.larder.perf.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.perf.report.data.Amounts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AxisTest {
    @Test
    void beginsAtZeroAndGoesInRoundSteps() {
        assertThat(labels(Axis.linear("", 8_127, Amounts::brief)))
                .containsExactly("0", "2 k", "4 k", "6 k", "8 k", "10 k");
        assertThat(labels(Axis.linear("", 0.3, Amounts::number))).startsWith("0", "0.1");
        assertThat(labels(Axis.linear("", 0, Amounts::number))).startsWith("0").endsWith("1");
    }

    @Test
    void powersOfTenHaveFiguresBetweenThemWhereThereAreFew() {
        assertThat(labels(Axis.log("", 3, 40, Amounts::number))).containsExactly("2", "5", "10", "20", "50");
        assertThat(labels(Axis.log("", 3, 40_000, Amounts::brief)))
                .containsExactly("1", "10", "100", "1 k", "10 k", "100 k");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 5, 7, 10, 99.9, 100, 1e-7, 1e12})
    void whateverIsMeasuredLiesOnIt(double figure) {
        for (Axis axis : List.of(
                Axis.log("", figure, figure, Amounts::number),
                Axis.log("", figure, figure * 1_000_000, Amounts::number),
                Axis.linear("", figure, Amounts::number))) {
            assertThat(axis.from()).isLessThanOrEqualTo(figure * 1.000001);
            assertThat(axis.to()).isGreaterThanOrEqualTo(figure * 0.999999);
            assertThat(axis.ticks()).hasSizeBetween(1, 15);
            assertThat(axis.position(figure)).isBetween(0.0, 1.0);
        }
    }

    @Test
    void equalRatiosAreEqualDistances() {
        Axis axis = Axis.ratios("", List.of(1, 4, 16));

        assertThat(axis.position(1)).isZero();
        assertThat(axis.position(4)).isEqualTo(0.5);
        assertThat(axis.position(16)).isEqualTo(1);
        assertThat(Axis.ratios("", List.of(8)).position(8)).isEqualTo(0.5);
    }

    private static List<String> labels(Axis axis) {
        return axis.ticks().stream().map(Axis.Tick::label).toList();
    }
}
