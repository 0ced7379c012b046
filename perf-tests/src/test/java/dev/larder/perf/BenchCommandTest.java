package dev.larder.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    private static final Set<String> FIELDS = Set.of(
            "store",
            "scenario",
            "threads",
            "requests",
            "errors",
            "wallNanos",
            "throughputPerSecond",
            "latencyNanos",
            "upstreamCalls",
            "hitRatio");

    @TempDir
    private Path directory;

    @Test
    void saysWhatSteadyDoes() {
        assertThat(Terminal.larder("bench", "--help").out()).contains("60 % gets", "Ends with 1 if");
    }

    @Test
    void printsARowForEachStoreScenarioAndCallerCount() {
        Terminal terminal = Terminal.larder(
                "bench",
                "--quick",
                "--threads=1,2",
                "--store=map",
                "--store=memory:?maxBytes=1MiB",
                "--scenario=miss",
                "--scenario=hit",
                "--scenario=mixed");

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        List<String> lines = linesOfTables(terminal);
        assertThat(lines).hasSize(2 + 2 * 3 * 2);
        assertThat(lines.get(0).split(" {2,}"))
                .containsExactly(
                        "store",
                        "scenario",
                        "callers",
                        "requests",
                        "wall ms",
                        "req/s",
                        "p50",
                        "p99",
                        "upstream calls",
                        "hit ratio");
        assertThat(lines.get(7)).startsWith("map ").contains(" mixed ").endsWith("  0.50");
        assertThat(lines.get(8)).startsWith("memory:?maxBytes=1MiB  miss ").endsWith("  0.00");
        assertThat(lines)
                .extracting(String::length)
                .as("aligned")
                .containsOnly(lines.get(0).length());
    }

    @Test
    void jsonHoldsWhatOtherProgramsRead() throws IOException {
        Path file = directory.resolve("rows.json");
        Files.writeString(file, "an earlier result that is longer than nothing");

        Terminal terminal = Terminal.larder(
                "bench",
                "--quick",
                "--threads=2",
                "--store=map",
                "--scenario=miss",
                "--scenario=hit",
                "--scenario=mixed",
                "--scenario=steady",
                "--rate=200",
                "--duration=200ms",
                "--json=" + file);

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        JsonArray rows = JsonParser.parseString(Files.readString(file)).getAsJsonArray();
        assertThat(rows)
                .extracting(row -> text(row, "store") + " " + text(row, "scenario"))
                .containsExactly("map miss", "map hit", "map mixed", "map steady", "before steady");
        assertThat(rows).extracting(row -> number(row, "upstreamCalls")).containsExactly("100", "0", "50", "0", "0");
        assertThat(rows).extracting(row -> number(row, "hitRatio")).containsExactly("0.0", "1.0", "0.5", "1.0", "1.0");
        for (JsonElement row : rows) {
            boolean steady = text(row, "scenario").equals("steady");
            assertThat(row.getAsJsonObject().keySet()).containsAll(FIELDS);
            assertThat(number(row, "threads")).isEqualTo(steady ? "40" : "2");
            assertThat(number(row, "errors")).isEqualTo("0");
            assertThat(number(row, "wallNanos")).matches("[1-9][0-9]*");
            assertThat(row.getAsJsonObject().get("throughputPerSecond").getAsDouble())
                    .isPositive();
            assertThat(latencies(row)).isSorted().hasSize(6);
            if (steady) {
                assertSteady(row.getAsJsonObject());
            } else {
                assertThat(number(row, "requests")).isEqualTo("100");
            }
        }
    }

    private static void assertSteady(JsonObject row) {
        assertThat(number(row, "offeredPerSecond")).isEqualTo("200");
        assertThat(number(row, "late")).matches("[0-9]+");
        assertThat(row.get("requests").getAsLong() + row.get("dropped").getAsLong())
                .isEqualTo(40);
        JsonObject reads = row.getAsJsonObject("reads");
        JsonObject writes = row.getAsJsonObject("writes");
        for (String sum : List.of("requests", "errors", "dropped", "late")) {
            assertThat(reads.get(sum).getAsLong() + writes.get(sum).getAsLong())
                    .isEqualTo(row.get(sum).getAsLong());
        }
        assertThat(latencies(reads)).isSorted().hasSize(6);
        assertThat(latencies(writes)).isSorted().hasSize(6);
    }

    @Test
    void steadyPrintsReadsAndWritesOfEachStoreAndTheBaseline() {
        Terminal terminal =
                Terminal.larder("bench", "--scenario=steady", "--store=map", "--rate=200", "--duration=200ms");

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        List<String> lines = linesOfTables(terminal);
        assertThat(lines).hasSize(3 + 2 * 3);
        assertThat(lines.get(0)).startsWith("steady: 200 calls a second for 200 ms, from 40 callers (");
        assertThat(lines.get(1).split(" {2,}"))
                .containsExactly(
                        "store",
                        "calls",
                        "offered/s",
                        "achieved/s",
                        "requests",
                        "errors",
                        "dropped",
                        "late",
                        "p50",
                        "p95",
                        "p99",
                        "p99.9",
                        "max",
                        "hit ratio");
        assertThat(lines.get(3)).matches("map +all +200 .*");
        assertThat(lines.get(4)).matches("map +reads .* 1\\.00");
        assertThat(lines.get(8)).startsWith("before  writes ");
    }

    /** Without the environment, which stands above the tables, and the line between. */
    private static List<String> linesOfTables(Terminal terminal) {
        List<String> lines = terminal.out().lines().toList();
        assertThat(lines.get(0)).contains(" cores of ");
        return lines.subList(lines.indexOf("") + 1, lines.size());
    }

    @Test
    void findsTheLimitOfEachStoreAndTheBaseline() throws IOException {
        Path file = directory.resolve("limits.json");

        Terminal terminal = Terminal.larder(
                "bench",
                "--scenario=steady",
                "--store=map",
                "--find-limit",
                "--p99=1m",
                "--rate=700000",
                "--duration=1ms",
                "--json=" + file);

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        assertThat(linesOfTables(terminal).get(0)).startsWith("steady-limit: the last rate at which no call failed");
        JsonArray rows = JsonParser.parseString(Files.readString(file)).getAsJsonArray();
        assertThat(rows)
                .extracting(row -> text(row, "store") + " " + text(row, "scenario"))
                .containsExactly("map steady-limit", "before steady-limit");
        for (JsonElement row : rows) {
            assertThat(row.getAsJsonObject().keySet()).containsAll(FIELDS);
            assertThat(number(row, "limitPerSecond")).matches("[0-9]+");
            assertThat(number(row, "p99BoundNanos")).isEqualTo("60000000000");
            JsonObject first =
                    row.getAsJsonObject().getAsJsonArray("steps").get(0).getAsJsonObject();
            assertThat(number(first, "perSecond")).isEqualTo("700000");
            assertThat(first.get("requests").getAsLong() + first.get("dropped").getAsLong())
                    .isEqualTo(700);
        }
    }

    private static List<Long> latencies(JsonElement row) {
        JsonObject latency = row.getAsJsonObject().getAsJsonObject("latencyNanos");
        assertThat(latency.keySet()).containsExactly("min", "mean", "p50", "p95", "p99", "p999", "max");
        assertThat(number(latency, "mean")).matches("[1-9][0-9]*");
        List<Long> ascending = new ArrayList<>();
        for (String name : List.of("min", "p50", "p95", "p99", "p999", "max")) {
            assertThat(number(latency, name)).matches("[1-9][0-9]*");
            ascending.add(latency.get(name).getAsLong());
        }
        return ascending;
    }

    private static String text(JsonElement row, String field) {
        return row.getAsJsonObject().get(field).getAsString();
    }

    private static String number(JsonElement row, String field) {
        JsonElement element = row.getAsJsonObject().get(field);
        assertThat(element.getAsJsonPrimitive().isNumber()).isTrue();
        return element.toString();
    }

    @Test
    void specWithAPathUsesThatPath() {
        Path file = directory.resolve("own.db");

        Terminal terminal = Terminal.larder(
                "bench", "--quick", "--threads", "2", "--scenario", "miss", "--store", "sqlite:" + file);

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void helpAndVersion() {
        for (String[] args : new String[][] {{"--help"}, {"bench", "--help"}, {"demo", "--help"}}) {
            Terminal terminal = Terminal.larder(args);
            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.out()).startsWith("Usage: larder");
            assertThat(terminal.err()).isEmpty();
        }
        assertThat(Terminal.larder("--version").out()).matches("larder [0-9]+\\.[0-9]+\\S* on Java \\S+\\R");
    }
}
