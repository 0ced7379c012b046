package dev.larder.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.larder.perf.micro.MicroEffort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MicroCommandTest {
    /** Runs everything there is to run, hardly at all. */
    private static final MicroEffort TINY = new MicroEffort(0, 0, 1, Duration.ofMillis(1));

    @TempDir
    private Path directory;

    private final List<MicroEffort> asked = new ArrayList<>();

    private Terminal micro(MicroEffort effort, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        MicroCommand command = new MicroCommand(wanted -> {
            asked.add(wanted);
            return effort;
        });
        int exitCode = new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(Failures::failed)
                .execute(args);
        return new Terminal(exitCode, out.toString(), err.toString());
    }

    private JsonArray measured(MicroEffort effort, String... args) throws IOException {
        Path file = directory.resolve("micro.json");
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--json", file.toString()));

        Terminal terminal = micro(effort, all.toArray(String[]::new));

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        JsonArray results = JsonParser.parseString(Files.readString(file)).getAsJsonArray();
        assertThat(terminal.out().lines().dropWhile(line -> !line.startsWith("benchmark ")))
                .hasSize(2 + results.size());
        return results;
    }

    @Test
    void everyBenchmarkRunsOnAStoreOfSomebodyElse() throws IOException {
        JsonArray results = measured(TINY, "--store", "map");

        assertThat(asked).containsExactly(MicroEffort.full());
        assertThat(results).hasSize(15 + 6).allSatisfy(result -> {
            assertThat(result.getAsJsonObject().keySet())
                    .startsWith("benchmark", "store", "nanosPerOp", "error", "bytesPerOp", "unit");
            assertThat(result.getAsJsonObject().get("nanosPerOp").getAsDouble()).isPositive();
            assertThat(result.getAsJsonObject().get("unit").getAsString()).isEqualTo("ns/op");
        });
        assertThat(results)
                .extracting(result -> text(result.getAsJsonObject(), "benchmark"))
                .contains("get hit", "put, get, put, remove", "key hashing");
        assertThat(results)
                .extracting(result -> text(result.getAsJsonObject(), "store"))
                .containsOnly("map", "none");
    }

    @Test
    void batchesAreMadeAsTheyWereWhereWritesComeLater() throws IOException {
        MicroEffort effort = new MicroEffort(0, 1, 1, Duration.ofMillis(20));

        JsonArray results = measured(effort, "--only", "remove", "--store", "sqlite behind");

        assertThat(results)
                .extracting(result -> text(result.getAsJsonObject(), "benchmark"))
                .containsExactly("remove", "remove tagged", "put, get, put, remove");
    }

    private static String text(JsonObject result, String field) {
        return result.get(field).isJsonNull() ? "none" : result.get(field).getAsString();
    }

    @Test
    void measuresInJvmsOfItsOwn() throws IOException {
        MicroEffort effort = new MicroEffort(1, 1, 3, Duration.ofMillis(5));

        JsonObject result = measured(effort, "--quick", "--only", "get hit", "--store", "memory")
                .get(0)
                .getAsJsonObject();

        assertThat(asked).containsExactly(MicroEffort.quick());
        assertThat(result.get("forks").getAsInt()).isEqualTo(1);
        assertThat(result.get("samples").getAsJsonArray()).hasSize(3);
        assertThat(result.get("error").getAsDouble()).isNotNegative();
        assertThat(result.get("bytesPerOp").getAsDouble()).isNotNegative();
        JsonObject environment = result.get("environment").getAsJsonObject();
        assertThat(environment.get("command").getAsString()).contains("--only 'get hit'");
        assertThat(environment.get("partial").getAsBoolean()).isFalse();
    }

    @Test
    void tellsWhatIsRunning() {
        Terminal terminal = micro(TINY, "--only", "get hit", "--store", "map", "--store", "memory");

        assertThat(terminal.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("micro: 0 %, get hit, map"),
                        line -> assertThat(line).matches("micro: 50 %, get hit, memory, \\d+ s left"));
    }

    @Test
    void wrongAnswerEndsWithOneLineThatNamesIt() throws IOException {
        Path file = directory.resolve("micro.json");

        Terminal terminal = micro(
                TINY,
                "--only",
                "lookup among 20",
                "--store",
                "memory:?maxEntries=10",
                "--store",
                "memory",
                "--json",
                file.toString());

        assertThat(terminal.exitCode()).isEqualTo(1);
        assertThat(terminal.err().lines().filter(line -> !line.contains(" %, ")))
                .singleElement()
                .asString()
                .startsWith("micro: lookup among 20, memory:?maxEntries=10: of 20 entries that were put, not all are")
                .endsWith("the store has evicted 10");
        // The others are measured all the same.
        assertThat(terminal.out()).contains("lookup among 20  memory ");
        assertThat(JsonParser.parseString(Files.readString(file)).getAsJsonArray())
                .hasSize(1);
    }

    @Test
    void badInputCostsOneLine() {
        assertBadInput("--only", "brew")
                .startsWith("larder bench micro: no benchmark has 'brew' in its name; there are: get hit; get miss;");
        assertBadInput("--store", "redis")
                .startsWith("larder bench micro: unknown store 'redis'; there are: map, memory, sqlite behind,");
        assertBadInput("--store", "memory:?maxByte=1")
                .startsWith("larder bench micro: cannot open store 'memory:?maxByte=1': unknown option 'maxByte'");
        assertBadInput("--json", directory.toString())
                .isEqualTo("larder bench micro: cannot write " + directory + ": it is a directory");
        assertBadInput("--quik")
                .isEqualTo("larder bench micro: unknown option '--quik'; see larder bench micro --help");
        assertBadInput("now").isEqualTo("larder bench micro: unexpected argument 'now'; see larder bench micro --help");
    }

    @Test
    void optionsOfTheLoadSuiteAreNotPassedOver() {
        Terminal terminal = Terminal.larder("bench", "--quick", "micro");

        assertThat(terminal.exitCode()).isEqualTo(2);
        assertThat(terminal.err().strip())
                .isEqualTo(
                        "larder bench micro: options go behind the command: write larder bench micro, then the options");
    }

    private static AbstractStringAssert<?> assertBadInput(String... args) {
        List<String> all = new ArrayList<>(List.of("bench", "micro"));
        all.addAll(List.of(args));
        Terminal terminal = Terminal.larder(all.toArray(String[]::new));
        assertThat(terminal.exitCode()).as(terminal.err()).isEqualTo(2);
        assertThat(terminal.err().lines()).hasSize(1);
        return assertThat(terminal.err().strip());
    }
}
