package dev.larder.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.larder.perf.limits.Effort;
import dev.larder.perf.limits.Limits;
import dev.larder.perf.limits.SpoiledLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LimitsCommandTest {
    private static final List<String> NAMES = List.of(
            "get, 1 caller, 100,000 rows",
            "get, 8 callers, 100,000 rows",
            "get, 8 callers, 100,000 rows, bound near",
            "get, 1 caller, 2,000,000 rows",
            "get, 8 callers, 2,000,000 rows",
            "get at 2,000,000 rows beside 100,000, 1 caller",
            "put behind, 32 callers",
            "put committed, 32 callers",
            "put committed, 1 caller",
            "getAll of 100, 1 caller",
            "putAll of 100, 1 caller",
            "put committed into a full store, 1 caller, p99",
            "put committed into a full store, 1 caller",
            "put committed into a full store, 8 callers, p99",
            "put committed into a full store, 8 callers",
            "open and close a 1 GiB file, beside an empty file",
            "open and close a 1 GiB file, beside 0.5 s",
            "bytes allocated per get",
            "bytes allocated per put",
            "HTTP miss, 32 callers, upstream at once, behind",
            "HTTP miss, 32 callers, upstream at once, behind, p99",
            "HTTP miss, 32 callers, upstream at once, committed",
            "HTTP miss, 32 callers, upstream at once, committed, p99",
            "HTTP miss, 32 callers, upstream takes 20 ms, behind",
            "HTTP miss, 32 callers, upstream takes 20 ms, behind, p99",
            "HTTP miss, 32 callers, upstream takes 20 ms, committed",
            "HTTP miss, 32 callers, upstream takes 20 ms, committed, p99",
            "HTTP hit from SQLite, 8 callers",
            "HTTP miss scaling, 1 caller",
            "HTTP miss scaling, 4 callers",
            "HTTP miss scaling, 8 callers",
            "HTTP miss scaling, 16 callers",
            "HTTP miss scaling, 32 callers",
            "HTTP miss scaling, 64 callers",
            "HTTP miss scaling, least part kept of the best so far",
            "HTTP hit from memory, POST 100 B, 2 callers",
            "HTTP hit from memory, POST 100 B, 8 callers",
            "HTTP hit from memory, POST 100 B, 32 callers",
            "HTTP hit from memory, POST 100 B, bytes allocated, beside the floor's and 1 KiB",
            "HTTP hit from memory, POST 1 KiB, 2 callers",
            "HTTP hit from memory, POST 1 KiB, 8 callers",
            "HTTP hit from memory, POST 1 KiB, 32 callers",
            "HTTP hit from memory, POST 1 KiB, bytes allocated, beside the floor's and 1 KiB",
            "HTTP hit from memory, GET by RFC 9111, 2 callers",
            "HTTP hit from memory, GET by RFC 9111, 8 callers",
            "HTTP hit from memory, GET by RFC 9111, 32 callers",
            "HTTP hit from memory, GET by RFC 9111, bytes allocated, beside the floor's and 1 KiB",
            "HTTP hit from memory, GET, 8 callers, beside Methanol's memory cache",
            "HTTP hit from memory, GET, 8 callers, beside Apache HttpClient's memory cache",
            "HTTP hit from memory, GET, 8 callers, beside OkHttp's disk cache",
            "HTTP download of 100 MB, which is not kept, length announced, in MB",
            "HTTP download of 100 MB, which is not kept, length unknown, in MB",
            "HTTP download of 100 MB, which is not kept, heap held, beside the bare client's and 16 MiB");

    @TempDir
    private Path directory;

    private final List<Effort> asked = new ArrayList<>();

    /** Does everything there is to do, hardly at all. */
    private static Effort tiny(Effort wanted) {
        return new Effort(1, 1, 1, 200, Math.min(wanted.manyRows(), 400), 1 << 20);
    }

    private Terminal limits(String... args) {
        return limits(
                effort -> {
                    asked.add(effort);
                    return new Limits(tiny(effort));
                },
                args);
    }

    private static Terminal limits(Function<Effort, Limits> source, String... args) {
        return limits(source, line -> {}, args);
    }

    /** @param heard is told, by the thread that measures, each line that comes to standard error */
    private static Terminal limits(Function<Effort, Limits> source, Consumer<String> heard, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        PrintWriter listening = new PrintWriter(err) {
            @Override
            public void println(String line) {
                super.println(line);
                heard.accept(line);
            }
        };
        int exitCode = new CommandLine(new LimitsCommand(source))
                .setOut(new PrintWriter(out))
                .setErr(listening)
                .setExecutionExceptionHandler(Failures::failed)
                .execute(args);
        return new Terminal(exitCode, out.toString(), err.toString());
    }

    @Test
    void measuresEveryRow() throws IOException {
        Path file = directory.resolve("rows.json");

        Terminal terminal = limits("--json", file.toString());

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        assertThat(asked).containsExactly(Effort.full());
        assertThat(asked.get(0).manyRows()).isEqualTo(2_000_000);
        JsonArray rows = JsonParser.parseString(Files.readString(file)).getAsJsonArray();
        assertThat(rows).extracting(row -> text(row, "name")).containsExactlyElementsOf(NAMES);
        assertThat(rows).allSatisfy(LimitsCommandTest::assertIsWhatOtherProgramsRead);
        assertThat(terminal.out())
                .contains(" cores of ", "load average ", "sqlite 3.", "./larder --json " + file + ", started at ")
                .contains(NAMES);
        assertThat(terminal.err()).contains("limits: 0 %, get, 1 caller, 100,000 rows (warm-up)");
    }

    private static void assertIsWhatOtherProgramsRead(JsonElement element) {
        JsonObject row = element.getAsJsonObject();
        double ours = row.get("ours").getAsDouble();
        double floor = row.get("floor").getAsDouble();
        assertThat(ours).isPositive();
        assertThat(floor).isPositive();
        assertThat(row.get("ratio").getAsDouble()).isPositive().isEqualTo(ours / floor);
        assertThat(text(row, "unit")).isIn("1/s", "s", "bytes", "share");
        assertThat(row.get("repetitions").getAsInt()).isEqualTo(1);
        assertThat(row.keySet()).contains("target", "targetIs", "holds", "oursSpread", "floorSpread", "environment");
        boolean shown = text(row, "name")
                .matches(".*(scaling|allocated per|beside an empty|bound near|full store, [18] callers?$).*");
        assertThat(row.get("target").isJsonNull()).isEqualTo(shown);
        if (!shown) {
            assertThat(row.get("target").getAsDouble()).isBetween(0.5, 25.0);
            assertThat(text(row, "targetIs"))
                    .isEqualTo(
                            text(row, "name").matches(".*(p99|open|beside 100,000|beside the).*")
                                    ? "at most"
                                    : "at least");
        }
    }

    private static String text(JsonElement row, String field) {
        return row.getAsJsonObject().get(field).getAsString();
    }

    @Test
    void measuresOnlyWhatIsNamed() {
        Terminal terminal = limits("--only", "per get", "--quick");

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        assertThat(terminal.out())
                .contains("bytes allocated per get")
                .doesNotContain("callers, ", "per put")
                .contains("./larder --only 'per get' --quick, started at ");
        assertThat(terminal.err()).contains("per get").doesNotContain("per put");
    }

    @Test
    void quickLeavesLargeFilesOut() {
        Terminal terminal = limits("--quick", "--only", "2,000,000");

        assertThat(terminal.exitCode()).isEqualTo(2);
        assertThat(terminal.err()).doesNotContain("beside 100,000").contains("get, 1 caller, 100,000 rows");
    }

    @Test
    void failureEndsWithOneLineThatNamesTheRow() {
        Terminal terminal = limits(effort -> SpoiledLimits.open(tiny(effort)), "--only", "get, 1 caller, 100,000");

        assertThat(terminal.exitCode()).isEqualTo(1);
        assertThat(terminal.err().lines().toList().get(1))
                .startsWith("limits: get, 1 caller, 100,000 rows: sqlite store ")
                .contains("rows-200.db");
        assertThat(terminal.err().lines()).hasSize(2);
        assertThat(terminal.out()).doesNotContain("ratio");
    }

    @Test
    void rowsThatWereMeasuredAreLeftWhenItIsInterrupted() throws IOException {
        Path file = directory.resolve("rows.json");

        Terminal terminal = limits(
                effort -> new Limits(tiny(effort)),
                line -> {
                    if (line.contains("scaling, 8 callers")) {
                        Thread.currentThread().interrupt();
                    }
                },
                "--only",
                "scaling",
                "--json",
                file.toString());

        assertThat(terminal.exitCode()).as(terminal.err()).isEqualTo(130);
        JsonArray rows = JsonParser.parseString(Files.readString(file)).getAsJsonArray();
        assertThat(rows)
                .extracting(row -> text(row, "name"))
                .containsExactly("HTTP miss scaling, 1 caller", "HTTP miss scaling, 4 callers");
        assertThat(rows).allSatisfy(row -> {
            assertIsWhatOtherProgramsRead(row);
            assertThat(row.getAsJsonObject()
                            .getAsJsonObject("environment")
                            .get("partial")
                            .getAsBoolean())
                    .isTrue();
        });
        assertThat(terminal.out())
                .contains("interrupted: rows", "scaling, 4 callers")
                .doesNotContain("scaling, 8 callers");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void badInputCostsOneLine() {
        assertBadInput("--only", "brew")
                .startsWith("larder bench limits: no row has 'brew' in its name; there are: get, 1");
        assertBadInput("--only").endsWith("see larder bench limits --help");
        assertBadInput("--quik")
                .isEqualTo("larder bench limits: unknown option '--quik'; see larder bench limits --help");
        assertBadInput("now")
                .isEqualTo("larder bench limits: unexpected argument 'now'; see larder bench limits --help");
        assertBadInput("--json", directory.toString())
                .isEqualTo("larder bench limits: cannot write " + directory + ": it is a directory");
    }

    @Test
    void optionsOfTheLoadSuiteAreNotPassedOver() {
        Terminal terminal = Terminal.larder("bench", "--quick", "limits");

        assertThat(terminal.exitCode()).isEqualTo(2);
        assertThat(terminal.err().strip())
                .isEqualTo(
                        "larder bench limits: options go behind the command: write larder bench limits, then the options");
    }

    private static AbstractStringAssert<?> assertBadInput(String... args) {
        List<String> all = new ArrayList<>(List.of("bench", "limits"));
        all.addAll(List.of(args));
        Terminal terminal = Terminal.larder(all.toArray(String[]::new));
        assertThat(terminal.exitCode()).as(terminal.err()).isEqualTo(2);
        assertThat(terminal.err().lines()).hasSize(1);
        return assertThat(terminal.err().strip());
    }
}
