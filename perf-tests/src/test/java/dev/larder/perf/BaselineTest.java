package dev.larder.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.larder.perf.report.SampleResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs beside earlier ones, as a user sees it. */
class BaselineTest {
    private static final String[] RUN = {"bench", "--quick", "--threads=2", "--store=map", "--scenario=hit"};

    @TempDir
    private Path directory;

    private Path old;

    @BeforeEach
    void writeAnOldRun() throws IOException {
        old = write("old.json", nanos -> nanos);
    }

    /** Seven repetitions of one row, that are a little apart from each other. */
    private Path write(String name, DoubleUnaryOperator change) throws IOException {
        JsonObject row = figures(change.applyAsDouble(1015));
        row.addProperty("store", "map");
        row.addProperty("scenario", "hit");
        row.addProperty("threads", 2);
        row.addProperty("errors", 0);
        JsonArray repetitions = new JsonArray();
        for (int i = 0; i < 7; i++) {
            repetitions.add(figures(change.applyAsDouble(1000 + 5 * i)));
        }
        row.add("repetitions", repetitions);
        JsonArray rows = new JsonArray();
        rows.add(row);
        return Files.writeString(directory.resolve(name), rows.toString());
    }

    /** What two callers give whose calls take so long, and one in a hundred three times that. */
    private static JsonObject figures(double nanos) {
        JsonObject figures = new JsonObject();
        figures.addProperty("requests", 2_000_000_000L);
        figures.addProperty("wallNanos", Math.round(1e9 * nanos));
        figures.addProperty("throughputPerSecond", 2e9 / nanos);
        JsonObject latency = new JsonObject();
        for (String name : List.of("min", "mean", "p50", "p95")) {
            latency.addProperty(name, Math.round(nanos));
        }
        for (String name : List.of("p99", "p999", "max")) {
            latency.addProperty(name, Math.round(3 * nanos));
        }
        figures.add("latencyNanos", latency);
        return figures;
    }

    private static Terminal bench(String... more) {
        String[] arguments = Arrays.copyOf(RUN, RUN.length + more.length);
        System.arraycopy(more, 0, arguments, RUN.length, more.length);
        return Terminal.larder(arguments);
    }

    @Test
    void aSlowerRunEndsWith3AndNamesTheRows() throws IOException {
        Path slower = write("new.json", nanos -> nanos * 1.2);

        Terminal terminal = Terminal.larder("bench", "compare", old.toString(), slower.toString());

        assertThat(terminal.exitCode()).isEqualTo(3);
        assertThat(terminal.err().lines()).hasSize(2).satisfies(lines -> {
            assertThat(lines.get(0))
                    .startsWith("larder bench compare: map, hit, 2 callers: req/s is worse by more"
                            + " than 10 %: 1,970,443 before, 1,642,036 now, -16.7 %");
            assertThat(lines.get(1))
                    .startsWith("larder bench compare: map, hit, 2 callers: p50 is worse by more than"
                            + " 10 %: 1.0 us before, 1.2 us now, +20.0 %");
        });
        assertThat(terminal.out()).contains("WORSE", "95 % interval", "Mann-Whitney");
    }

    @Test
    void aThresholdAboveTheLossIsNoAlarm() throws IOException {
        Path slower = write("new.json", nanos -> nanos * 1.2);

        assertThat(Terminal.larder("bench", "compare", old.toString(), slower.toString(), "--threshold=25")
                        .exitCode())
                .isZero();
        assertThat(Terminal.larder("bench", "compare", slower.toString(), old.toString(), "--threshold", "7.5%")
                        .exitCode())
                .as("a gain")
                .isZero();
    }

    @Test
    void aRunIsNoWorseThanItself() {
        Terminal terminal = Terminal.larder("bench", "compare", old.toString(), old.toString(), "--threshold=0");

        assertThat(terminal.exitCode()).isZero();
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void aRunOfOneRepetitionIsNotTested() {
        Terminal terminal = bench("--baseline", old.toString());

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        assertThat(terminal.out()).contains("One row was not tested: that takes 4 repetitions in both runs");
    }

    @Test
    void aRunIsWorseThanOneThatCannotBe() throws IOException {
        Path impossible = write("old.json", nanos -> nanos / 1e6);

        Terminal terminal = Terminal.larder(
                "bench", "--threads=2", "--store=map", "--scenario=hit", "--baseline", impossible.toString());

        assertThat(terminal.exitCode()).as(terminal.err()).isEqualTo(3);
        assertThat(terminal.err()).contains("larder bench: map, hit, 2 callers: req/s is worse by more than 10 %");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "ten", "5x", "1e9"})
    void badThresholds(String threshold) {
        String message = "bad --threshold '" + threshold + "': write a number of percent, such as 10, 10% or 7.5";

        assertOneLine(bench("--baseline=" + old, "--threshold=" + threshold), "larder bench: " + message);
        assertOneLine(
                Terminal.larder("bench", "compare", old.toString(), old.toString(), "--threshold=" + threshold),
                "larder bench compare: " + message);
    }

    @Test
    void aThresholdWithoutABaseline() {
        assertOneLine(bench("--threshold=5"), "larder bench: --threshold is for --baseline, which is not given");
    }

    @Test
    void baselinesThatCannotBeUsed() throws IOException {
        Path none = directory.resolve("none.json");
        Path text = Files.writeString(directory.resolve("text"), "no JSON");
        Path bytes = Files.write(directory.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        Path other = Files.writeString(directory.resolve("other.json"), SampleResults.limits());

        assertOneLine(bench("--baseline=" + none), "larder bench: cannot read " + none + ": it does not exist");
        assertOneLine(
                bench("--baseline=" + directory), "larder bench: cannot read " + directory + ": it is a directory");
        assertOneLine(
                bench("--baseline=" + bytes), "larder bench: " + bytes + " is no JSON: it is not even text in UTF-8");
        assertOneLine(bench("--baseline=" + text), "larder bench: " + text + " is no JSON");
        assertOneLine(
                bench("--baseline=" + other),
                "larder bench: " + other + " has no result of a scenario: give a file that larder bench --json has"
                        + " written");
        assertOneLine(
                Terminal.larder("bench", "compare", old.toString(), none.toString()),
                "larder bench compare: cannot read " + none + ": it does not exist");
    }

    @Test
    void baselinesOfOtherRows() {
        String message = "larder bench: " + old + " has no row in common with this run: it holds map, hit, 2 callers; a"
                + " row is the same if its store, scenario and number of callers are";

        assertOneLine(Terminal.larder("bench", "--quick", "--threads=4", "--store=map", "--baseline=" + old), message);
        assertOneLine(
                Terminal.larder("bench", "--quick", "--store=map", "--scenario=miss", "--baseline=" + old), message);
        assertOneLine(
                Terminal.larder("bench", "--quick", "--store=memory", "--scenario=hit", "--baseline=" + old), message);
    }

    @Test
    void optionsOfTheSuiteBeforeCompare() {
        assertOneLine(
                Terminal.larder("bench", "--quick", "compare", old.toString(), old.toString()),
                "larder bench compare: options go behind the command: write larder bench compare, then the options");
    }

    @Test
    void everyRowNamesTheEnvironment() throws IOException {
        Path file = directory.resolve("rows.json");

        Terminal terminal = bench("--json=" + file);

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        JsonObject row = JsonParser.parseString(Files.readString(file))
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
        JsonObject environment = row.getAsJsonObject("environment");
        assertThat(environment.keySet())
                .contains(
                        "machine",
                        "jvm",
                        "versions",
                        "git",
                        "command",
                        "startedAt",
                        "endedAt",
                        "loadAverage",
                        "partial");
        assertThat(environment.get("command").getAsString()).endsWith("--json=" + file);
        assertThat(environment.get("partial").getAsBoolean()).isFalse();
        assertThat(row.get("warmUpRounds").getAsInt()).isOne();
        assertThat(row.getAsJsonArray("repetitions")).hasSize(1);
    }

    private static void assertOneLine(Terminal terminal, String line) {
        assertThat(terminal.err()).isEqualTo(line + System.lineSeparator());
        assertThat(terminal.exitCode()).isEqualTo(2);
        assertThat(terminal.out()).isEmpty();
    }
}
