package dev.larder.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void wordsGoLeftAndFiguresRight() {
        TextTable table = new TextTable(1, "step", "calls", "time");
        table.add("first", "1,000", "12 ms");
        table.add("x", "7", "100.0 ms");
        StringWriter text = new StringWriter();

        table.print(new PrintWriter(text));

        assertThat(text.toString().lines())
                .containsExactly(
                        "step   calls      time",
                        "----------------------",
                        "first  1,000     12 ms",
                        "x          7  100.0 ms");
    }

    @Test
    void figuresAreTheSameInEveryLocale() {
        assertThat(Figures.duration(448)).isEqualTo("0.4 us");
        assertThat(Figures.duration(9_949)).isEqualTo("9.9 us");
        assertThat(Figures.duration(9_950)).isEqualTo("10 us");
        assertThat(Figures.duration(1_500_000)).isEqualTo("1.5 ms");
        assertThat(Figures.duration(163_000_000)).isEqualTo("163 ms");
        assertThat(Figures.duration(1_250_000_000)).isEqualTo("1.3 s");
        assertThat(Figures.count(1234)).isEqualTo("1,234");
        assertThat(Figures.bytes(1)).isEqualTo("1 KiB");
        assertThat(Figures.bytes(100L << 20)).isEqualTo("100.0 MiB");
        assertThat(Figures.millis(12_345_678)).isEqualTo("12.3");
    }
}
