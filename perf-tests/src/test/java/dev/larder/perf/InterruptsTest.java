package dev.larder.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the midst of a run. */
@Timeout(120)
class InterruptsTest {
    private static final int INT = 2;
    private static final int TERM = 15;

    @TempDir
    private Path directory;

    @Test
    void whatWasMeasuredIsWritten() throws Exception {
        Path json = directory.resolve("rows.json");
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        int signal = isIgnored(INT) ? TERM : INT;
        Process run = start(temporary, json);
        List<String> said = new ArrayList<>();
        try (BufferedReader err = run.errorReader()) {
            // The first round is over, and so there is something to write; the run would go on for a minute.
            for (String line = err.readLine(); line != null; line = err.readLine()) {
                said.add(line);
                if (line.contains("steady")) {
                    signal(run, signal);
                }
            }
        } finally {
            run.destroyForcibly();
        }

        assertThat(run.waitFor()).as(String.join("\n", said)).isEqualTo(128 + signal);
        JsonArray rows = JsonParser.parseString(Files.readString(json)).getAsJsonArray();
        assertThat(rows).hasSize(2).allSatisfy(row -> {
            assertThat(row.getAsJsonObject().get("scenario").getAsString()).isEqualTo("hit");
            assertThat(row.getAsJsonObject()
                            .getAsJsonObject("environment")
                            .get("partial")
                            .getAsBoolean())
                    .isTrue();
        });
        assertThat(said.get(said.size() - 1))
                .isEqualTo("larder bench: interrupted; what was measured is being written, once more ends it at once");
        assertThat(Files.readString(directory.resolve("out"))).contains("interrupted: rows", "req/s", "map ");
        assertThat(temporary).isEmptyDirectory();
    }

    private Process start(Path temporary, Path json) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.jooq.no-logo=true",
                        "-Dorg.jooq.no-tips=true",
                        "-Djava.io.tmpdir=" + temporary,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.larder.perf.Larder",
                        "bench",
                        "--quick",
                        "--threads=1",
                        "--store=map",
                        "--store=sqlite behind",
                        "--scenario=hit",
                        "--scenario=steady",
                        "--rate=100",
                        "--duration=20s",
                        "--json=" + json)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
    }

    private static void signal(Process process, int signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** A shell has its background jobs ignore Ctrl-C, and whatever they start does too. */
    private static boolean isIgnored(int signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.notExists(status)) {
            return true;
        }
        Matcher ignored = Pattern.compile("(?m)^SigIgn:\\s*([0-9a-f]+)$").matcher(Files.readString(status));
        return ignored.find() && (Long.parseUnsignedLong(ignored.group(1), 16) >> (signal - 1) & 1) == 1;
    }
}
