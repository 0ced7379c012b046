package dev.larder.perf.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RankTest {
    @Test
    void sevenAboveSevenIsOneOfAllOrders() {
        List<Double> low = List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0);
        List<Double> high = List.of(8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0);

        assertThat(Rank.p(high, low)).isEqualTo(1 / 3432.0, within(1e-12));
        assertThat(Rank.p(low, high)).isEqualTo(1, within(1e-12));
    }

    @Test
    void equalFiguresProveNothing() {
        assertThat(Rank.p(List.of(1.0, 1.0, 1.0, 1.0), List.of(1.0, 1.0, 1.0, 1.0)))
                .isGreaterThan(0.4);
    }

    /** The example of the paper by Benjamini and Hochberg (1995), section 3.2: four of fifteen fall below 0.05. */
    @Test
    void adjustsForHowManyAreLookedAt() {
        double[] p = {
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.000
        };

        double[] adjusted = Rank.adjusted(p);

        assertThat(adjusted).isSorted();
        assertThat(adjusted[0]).isEqualTo(0.0015, within(1e-12));
        assertThat(DoubleStream.of(adjusted).filter(each -> each <= 0.05)).hasSize(4);
        assertThat(Rank.adjusted(new double[] {0.5, 0.01})).containsExactly(new double[] {0.5, 0.02}, within(1e-12));
        assertThat(Rank.adjusted(new double[0])).isEmpty();
    }
}
