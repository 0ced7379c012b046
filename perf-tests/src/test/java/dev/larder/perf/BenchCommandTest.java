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
    void printsARowForEachStoreScenarioAndCallerCount() {
        Terminal terminal = Terminal.larder(
                "bench", "--quick", "--threads", "1,2", "--store", "map", "--store", "memory:?maxBytes=1MiB");

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        List<String> lines = terminal.out().lines().toList();
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

        Terminal terminal =
                Terminal.larder("bench", "--quick", "--threads", "2", "--store", "map", "--json", file.toString());

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        JsonArray rows = JsonParser.parseString(Files.readString(file)).getAsJsonArray();
        assertThat(rows).extracting(row -> text(row, "scenario")).containsExactly("miss", "hit", "mixed");
        assertThat(rows).extracting(row -> number(row, "upstreamCalls")).containsExactly("100", "0", "50");
        assertThat(rows).extracting(row -> number(row, "hitRatio")).containsExactly("0.0", "1.0", "0.5");
        for (JsonElement row : rows) {
            assertThat(row.getAsJsonObject().keySet()).containsAll(FIELDS);
            assertThat(text(row, "store")).isEqualTo("map");
            assertThat(number(row, "threads")).isEqualTo("2");
            assertThat(number(row, "requests")).isEqualTo("100");
            assertThat(number(row, "errors")).isEqualTo("0");
            assertThat(number(row, "wallNanos")).matches("[1-9][0-9]*");
            assertThat(row.getAsJsonObject().get("throughputPerSecond").getAsDouble())
                    .isPositive();
            assertThat(latencies(row)).isSorted().hasSize(6);
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
