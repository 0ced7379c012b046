package dev.larder.perf.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunFileTest {
    private static final String LATENCY = "\"latencyNanos\":{\"p50\":7,\"p99\":9}";
    private static final String ROW =
            "{\"store\":\"a\",\"scenario\":\"hit\",\"threads\":4,\"throughputPerSecond\":5," + LATENCY + "%s}";

    @TempDir
    private Path directory;

    @Test
    void readsEachRepetition() {
        Run run = RunFile.parse(
                "["
                        + ROW.formatted(",\"repetitions\":[{\"throughputPerSecond\":1," + LATENCY
                                + "},{\"throughputPerSecond\":2," + LATENCY
                                + "}],\"environment\":{\"machine\":{\"cores\":2}}")
                        + "]",
                "x");

        RowKey key = new RowKey("a", "hit", 4);
        assertThat(run.rows().keySet()).containsExactly(key);
        assertThat(run.rows().get(key).sample(Metric.THROUGHPUT)).containsExactly(1.0, 2.0);
        assertThat(run.rows().get(key).sample(Metric.P50)).containsExactly(7.0, 7.0);
        assertThat(run.rows().get(key).sample(Metric.P99)).containsExactly(9.0, 9.0);
        assertThat(run.environment()).containsEntry("machine.cores", "2");
    }

    @Test
    void aFileWithoutRepetitionsHasOne() {
        Run run = RunFile.parse("[" + ROW.formatted("") + "]", "x");

        assertThat(run.rows().get(new RowKey("a", "hit", 4)).sample(Metric.THROUGHPUT))
                .containsExactly(5.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1", "not json", "[]]", "\u0000"})
    void notJson(String text) {
        assertThatThrownBy(() -> RunFile.parse(text, "old.json"))
                .isInstanceOf(BaselineException.class)
                .hasMessageStartingWith("old.json is not");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "[1]",
                "7",
                "null",
                "[{}]",
                "[{\"name\":\"gets\",\"ratio\":1}]",
                "[{\"store\":1,\"scenario\":\"hit\",\"threads\":4}]",
                "[{\"store\":\"a\",\"scenario\":\"hit\",\"threads\":\"many\"}]",
                "[{\"store\":\"a\",\"scenario\":\"hit\",\"threads\":4,\"throughputPerSecond\":-1}]",
                "[{\"store\":\"a\",\"scenario\":\"hit\",\"threads\":4,\"repetitions\":7}]",
                "[{\"store\":\"a\",\"scenario\":\"hit\",\"threads\":4,\"repetitions\":[{}]}]"
            })
    void jsonOfSomethingElse(String text) {
        assertThatThrownBy(() -> RunFile.parse(text, "old.json"))
                .isInstanceOf(BaselineException.class)
                .hasMessage(
                        "old.json is not a result of larder bench: give a file that larder bench --json has written");
    }

    @Test
    void filesThatCannotBeRead() throws IOException {
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

        assertThatThrownBy(() -> RunFile.read(directory.resolve("none.json")))
                .hasMessage("cannot read " + directory.resolve("none.json") + ": there is no such file");
        assertThatThrownBy(() -> RunFile.read(directory))
                .hasMessage("cannot read " + directory + ": it is a directory");
        assertThatThrownBy(() -> RunFile.read(binary)).hasMessage("cannot read " + binary + ": it is no text");
    }

    @Test
    void aRunWithoutACommonRowSaysSo() {
        Run run = RunFile.parse("[" + ROW.formatted("") + "]", "x");

        run.requireSomeOf(Set.of(new RowKey("a", "hit", 4)), "old.json");
        assertThatThrownBy(() -> run.requireSomeOf(Set.of(new RowKey("a", "hit", 5)), "old.json"))
                .isInstanceOf(BaselineException.class)
                .hasMessageStartingWith("old.json has no row in common with this run: it holds a, hit, 4 callers;");
    }

    @ParameterizedTest
    @CsvSource({"10,0.1", "10%,0.1", "10 %,0.1", "7.5,0.075", "7.5%,0.075", "0,0", "200,2"})
    void thresholds(String text, double part) {
        assertThat(Threshold.parse(text)).isEqualTo(part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "-10%", "ten", "%", "1e3", "10%%", "1,5", "NaN", "Infinity", "99999", ".5", "5."})
    void badThresholds(String text) {
        assertThatThrownBy(() -> Threshold.parse(text))
                .isInstanceOf(BaselineException.class)
                .hasMessage("bad --threshold '" + text + "': write a number of percent, such as 10, 10% or 7.5");
    }
}
