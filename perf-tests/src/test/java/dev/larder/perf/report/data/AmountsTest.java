package dev.larder.perf.report.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AmountsTest {
    @Test
    void timesHaveThreeDigitsAndTheUnitThatSuitsThem() {
        assertThat(Amounts.time(0)).isEqualTo("0 ns");
        assertThat(Amounts.time(487)).isEqualTo("487 ns");
        assertThat(Amounts.time(999.6)).isEqualTo("1 µs");
        assertThat(Amounts.time(1_239)).isEqualTo("1.24 µs");
        assertThat(Amounts.time(9_270_000)).isEqualTo("9.27 ms");
        assertThat(Amounts.time(61_000_000_000.0)).isEqualTo("61 s");
    }

    @Test
    void largeNumbersAreShortened() {
        assertThat(Amounts.rate(7_595.4)).isEqualTo("7,595/s");
        assertThat(Amounts.rate(233_190)).isEqualTo("233 k/s");
        assertThat(Amounts.rate(1_234_567)).isEqualTo("1.23 M/s");
        assertThat(Amounts.number(0.5)).isEqualTo("0.5");
        assertThat(Amounts.brief(5_000)).isEqualTo("5 k");
    }

    @Test
    void partsRatiosAndSizes() {
        assertThat(Amounts.percent(0.0123)).isEqualTo("1.2 %");
        assertThat(Amounts.percent(0.999)).isEqualTo("99.9 %");
        assertThat(Amounts.percent(0)).isEqualTo("0 %");
        assertThat(Amounts.ratio(4.777)).isEqualTo("4.78");
        assertThat(Amounts.ratio(0.00312)).isEqualTo("0.003");
        assertThat(Amounts.times(2.34)).isEqualTo("2.3 times");
        assertThat(Amounts.bytes(1_572_864)).isEqualTo("1.5 MiB");
        assertThat(Amounts.in("s", 0.0005)).isEqualTo("500 µs");
    }
}
