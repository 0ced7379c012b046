package dev.larder.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.perf.report.SampleResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportCommandTest {
    @TempDir
    private Path directory;

    private Path results;
    private Path html;

    @BeforeEach
    void writeResults() throws IOException {
        results = Files.writeString(
                directory.resolve("results.json"),
                SampleResults.of("memory", "sqlite").json());
        html = directory.resolve("report.html");
    }

    @Test
    void writesWhateverIsAskedForFromFilesOfEveryKind() throws IOException {
        Path limits = Files.writeString(directory.resolve("limits.json"), SampleResults.limits());
        Path micro = Files.writeString(
                directory.resolve("micro.json"),
                "[{\"benchmark\":\"get\",\"store\":\"memory\",\"nanosPerOp\":310.5,\"error\":2.5,\"bytesPerOp\":48}]");
        Path markdown = directory.resolve("report.md");
        Path pictures = Files.createDirectory(directory.resolve("pictures"));

        Terminal terminal = Terminal.larder(
                "report",
                micro.toString(),
                limits.toString(),
                results.toString(),
                "--before=" + results,
                "--html=" + html,
                "--markdown=" + markdown,
                "--pictures=" + pictures);

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        assertThat(html).content().startsWith("<!doctype html>").contains("id=\"floor\"", "id=\"micro\"");
        assertThat(markdown)
                .content()
                .contains("\n## Before and after\n", "\n## Beside the floor and beside peers\n", "\n| get | memory |");
        assertThat(pictures)
                .isDirectoryContaining("glob:**/throughput.svg")
                .isDirectoryContaining("glob:**/floor.svg")
                .isDirectoryNotContaining("glob:**/time.svg");
        assertThat(pictures.resolve("verdict.svg"))
                .content()
                .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
                .contains("prefers-color-scheme:dark", ">sqlite</text>");
    }

    @Test
    void benchWritesTheSameAsIsMadeOfItsJson() throws IOException {
        Path json = directory.resolve("bench.json");
        Path markdown = directory.resolve("bench.md");
        Path again = directory.resolve("again.md");

        Terminal bench = Terminal.larder(
                "bench",
                "--quick",
                "--threads=1,2",
                "--store=map",
                "--scenario=hit",
                "--json=" + json,
                "--html=" + html,
                "--markdown=" + markdown);
        Terminal report = Terminal.larder("report", json.toString(), "--markdown=" + again);

        assertThat(bench.exitCode()).as(bench.err()).isZero();
        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(html).content().contains("<h3>hit</h3>");
        assertThat(again).hasSameTextualContentAs(markdown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | is no JSON array, as --json of larder bench writes it",
                "{ | is no JSON",
                "{} | is no JSON array, as --json of larder bench writes it",
                "[3] | , entry 1 is no JSON object",
                "[{}] | , entry 1 has neither 'scenario' nor 'ratio' nor 'benchmark': it is no result of larder bench,"
                        + " limits or micro",
                "[{\"scenario\":\"hit\"}] | , entry 1 has no text 'store'",
                "[{\"scenario\":\"hit\",\"store\":\"x\",\"threads\":\"two\"}] | , entry 1 has no number 'threads'",
                "[{\"ratio\":1,\"name\":\"x\",\"ours\":1,\"floor\":1e999}] | , entry 1 has no finite number 'floor'",
                "[{\"scenario\":\"hit\",\"store\":\"x\",\"threads\":1,\"requests\":1,\"errors\":0,\"wallNanos\":1,"
                        + "\"throughputPerSecond\":1,\"latencyNanos\":{}}] | , entry 1, 'latencyNanos' has no number"
                        + " 'min'",
            })
    void fileThatHoldsNoResults(String content, String complaint) throws IOException {
        Path bad = Files.writeString(directory.resolve("bad.json"), content);

        assertComplaint(bad + complaintAfter(complaint), results.toString(), bad.toString(), "--html=" + html);
        assertComplaint(bad + complaintAfter(complaint), results.toString(), "--before=" + bad, "--html=" + html);
        assertThat(html).doesNotExist();
    }

    private static String complaintAfter(String complaint) {
        return complaint.startsWith(",") ? complaint : " " + complaint;
    }

    @Test
    void fileThatCannotBeRead() throws IOException {
        Path none = directory.resolve("none.json");
        Path bytes = Files.write(directory.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertComplaint("cannot read " + directory + ": it is a directory", directory.toString(), "--html=" + html);
        assertComplaint("cannot read " + none + ": it does not exist", none.toString(), "--html=" + html);
        assertComplaint(bytes + " is no JSON: it is not even text in UTF-8", bytes.toString(), "--html=" + html);
    }

    @Test
    void reportThatCannotBeWritten() {
        assertComplaint("cannot write " + directory + ": it is a directory", results.toString(), "--html=" + directory);
        assertComplaint(
                "cannot write pictures to " + results + ": it is no directory",
                results.toString(),
                "--pictures=" + results);
        assertComplaint(
                "cannot write pictures to " + directory.resolve("none") + ": it does not exist",
                results.toString(),
                "--pictures=" + directory.resolve("none"));
    }

    @Test
    void benchSaysBeforeItRunsThatAReportCannotBeWritten() {
        Terminal terminal = Terminal.larder("bench", "--markdown=" + directory.resolve("none/report.md"));

        assertThat(terminal.exitCode()).isEqualTo(2);
        assertThat(terminal.err())
                .isEqualToNormalizingNewlines("larder bench: cannot write " + directory.resolve("none/report.md")
                        + ": its directory does not exist\n");
    }

    @Test
    void nothingIsAskedFor() {
        assertComplaint(
                "what shall be written? Name at least one of --html, --markdown and --pictures", results.toString());
    }

    private static void assertComplaint(String complaint, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "report";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Terminal terminal = Terminal.larder(all);
        assertThat(terminal.exitCode()).as(terminal.err()).isEqualTo(2);
        assertThat(terminal.err()).isEqualToNormalizingNewlines("larder report: " + complaint + "\n");
        assertThat(terminal.out()).isEmpty();
    }
}
