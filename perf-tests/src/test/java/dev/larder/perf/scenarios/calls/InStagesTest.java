package dev.larder.perf.scenarios.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.larder.perf.suite.Series;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InStagesTest {
    @Test
    void driftIsTheLastQuarterBesideTheFirst() {
        assertThat(drift(100, 100, 500, 500, 500, 500, 80, 80)).isEqualTo(-20, within(1e-9));
        assertThat(drift(100, 110)).isEqualTo(10, within(1e-9));
        assertThat(drift(100)).isZero();
        assertThat(drift(0, 5)).isZero();
    }

    private static double drift(int... perSecond) {
        List<Series.Point> points = IntStream.of(perSecond)
                .mapToObj(each -> new Series.Point(0, 1, each, 0, 0))
                .toList();
        return InStages.driftPercent(points);
    }
}
