package dev.larder.perf.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunFileTest {
    private static final String FIGURES =
            "\"requests\":%d,\"wallNanos\":1000000000,\"throughputPerSecond\":%1$d,\"latencyNanos\":"
                    + "{\"min\":1,\"mean\":6,\"p50\":7,\"p95\":8,\"p99\":9,\"p999\":10,\"max\":11}";
    private static final String ROW =
            "{\"store\":\"a\",\"scenario\":\"hit\",\"threads\":4,\"errors\":0," + FIGURES.formatted(5) + "%s}";
    private static final String PROBE =
            "{\"store\":\"a\",\"scenario\":\"probe\",\"threads\":1,\"errors\":0," + FIGURES.formatted(0)
                    + ",\"probe\":\"repeated POST\",\"verdict\":\"sends it again\",\"evidence\":\"2 of 2 calls\"}";

    @Test
    void readsEachRepetition() {
        Run run = RunFile.parse(
                "["
                        + ROW.formatted(",\"repetitions\":[{" + FIGURES.formatted(1) + "},{" + FIGURES.formatted(2)
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

    @Test
    void aProbeIsNoRow() {
        Run run = RunFile.parse("[" + PROBE + "," + ROW.formatted("") + "]", "x");

        assertThat(run.rows().keySet()).containsExactly(new RowKey("a", "hit", 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1", "not json", "[]]", "\u0000", "{}", "7", "null"})
    void noArrayInJson(String text) {
        assertThatThrownBy(() -> RunFile.parse(text, "old.json"))
                .isInstanceOf(BaselineException.class)
                .hasMessageStartingWith("old.json is no JSON");
    }

    static Stream<Arguments> arraysOfSomethingElse() {
        return Stream.of(
                arguments("", " has no result of a scenario: give a file that larder bench --json has written"),
                arguments(PROBE, " has no result of a scenario: give a file that larder bench --json has written"),
                arguments("1", ", entry 1 is no JSON object"),
                arguments(
                        "{}",
                        ", entry 1 has neither 'scenario' nor 'ratio' nor 'benchmark': it is no result of larder bench,"
                                + " limits or micro"),
                arguments("{\"name\":\"gets\",\"ratio\":1}", ", entry 1 has no number 'ours'"),
                arguments("{\"store\":1,\"scenario\":\"hit\",\"threads\":4}", ", entry 1 has no text 'store'"),
                arguments(
                        "{\"store\":\"a\",\"scenario\":\"hit\",\"threads\":\"many\"}",
                        ", entry 1 has no number 'threads'"),
                arguments(
                        ROW.formatted("").replace("\"p99\":9", "\"p99\":-1"),
                        ", entry 1, 'latencyNanos' has no non-negative number 'p99'"),
                arguments(
                        ROW.formatted("").replace("latencyNanos", "latency"), ", entry 1 has no object 'latencyNanos'"),
                arguments(ROW.formatted(",\"repetitions\":7"), ", entry 1 has no array 'repetitions'"),
                arguments(
                        ROW.formatted(",\"repetitions\":[{}]"), ", entry 1, 'repetitions' 1 has no number 'requests'"));
    }

    @ParameterizedTest
    @MethodSource("arraysOfSomethingElse")
    void arrayOfSomethingElse(String entry, String complaint) {
        assertThatThrownBy(() -> RunFile.parse("[" + entry + "]", "old.json"))
                .isInstanceOf(BaselineException.class)
                .hasMessage("old.json" + complaint);
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
