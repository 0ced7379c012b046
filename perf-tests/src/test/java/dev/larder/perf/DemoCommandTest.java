package dev.larder.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    private Path directory;

    @Test
    void showsWhatReachesTheApiAndWhatDoesNot() {
        Terminal terminal = Terminal.larder("demo");

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        assertThat(terminal.err()).isEmpty();
        assertThat(terminal.out())
                .contains(
                        "1 call reached the API, 31 were answered without it",
                        "All 12 calls reached the API",
                        "Client and store are closed",
                        "The API is stopped",
                        "A text that nobody has asked for fails");
        assertThat(terminal.out().lines().filter(line -> line.startsWith("Total ")))
                .singleElement()
                .asString()
                .matches("Total +83 +13 +70 .* \\$0\\.70");
        assertThat(terminal.out().lines().reduce((first, last) -> last).orElseThrow())
                .matches("Saved: 70 of 83 calls, \\$0\\.70 of pretend money\\. The file \\S+ has [0-9,.]+ [KM]iB\\.");
    }

    @Test
    void fileOfAnEarlierTourAnswersAtOnce() {
        String file = directory.resolve("a file, 100% ours?.db").toString();

        Terminal first = Terminal.larder("demo", "--file", file);
        Terminal second = Terminal.larder("demo", "--file", file);

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.out())
                .contains(
                        "which is there already",
                        "None reached the API: the file had the answers from an earlier tour.")
                .containsPattern("Total +83 +0 +83 ");
    }
}
