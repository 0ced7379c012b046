package dev.larder.perf.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ShiftTest {
    private static List<Double> figures(double... figures) {
        return DoubleStream.of(figures).boxed().toList();
    }

    @Test
    void aFifthMoreIsAFifthMore() {
        Shift shift = Shift.between(figures(10, 20, 30), figures(12, 24, 36));

        assertThat(shift.estimate()).isEqualTo(0.2, within(1e-9));
        assertThat(shift.low()).isLessThan(0.2);
        assertThat(shift.high()).isGreaterThan(0.2);
    }

    /** Of the 49 ratios of seven and seven figures, the interval leaves out eight at each end (Hollander and Wolfe). */
    @Test
    void theIntervalIsTheOneInTables() {
        Shift shift = Shift.between(figures(1, 1, 1, 1, 1, 1, 1), figures(1, 2, 3, 4, 5, 6, 7));

        assertThat(shift.low()).isEqualTo(1, within(1e-9));
        assertThat(shift.high()).isEqualTo(5, within(1e-9));
    }

    @Test
    void fourFiguresGiveTheWidestInterval() {
        Shift shift = Shift.between(figures(1, 1, 1, 1), figures(1, 2, 3, 4));

        assertThat(shift.low()).isZero();
        assertThat(shift.high()).isEqualTo(3, within(1e-9));
    }

    @Test
    void zeroIsAFigureToo() {
        assertThat(Shift.between(figures(0), figures(0)).estimate()).isZero();
    }
}
