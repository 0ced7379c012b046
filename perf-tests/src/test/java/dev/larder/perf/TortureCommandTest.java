package dev.larder.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short run of every torture. The long ones are run by hand. */
@Timeout(600)
class TortureCommandTest {
    private static final Pattern KILLED = Pattern.compile("torture kill: ([0-9]+) processes were killed");

    @TempDir
    private Path directory;

    @Test
    void nothingCommittedIsLostWhenProcessesAreKilled() {
        Terminal terminal = Terminal.larder("torture", "kill", "--rounds", "10", "--seed", "12");

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        assertThat(terminal.out()).matches("10 rounds, [0-9,]{5,} acknowledged, 0 lost, 0 corrupt\\R");
        assertThat(killed(terminal)).isGreaterThanOrEqualTo(7);
    }

    @Test
    void whatIsPutBehindIsLostFromTheEndOnly() throws IOException {
        Path kept = directory.resolve("kept");

        Terminal terminal = Terminal.larder(
                "torture", "kill", "--rounds", "3", "--seed", "12", "--durability", "behind", "--dir", kept.toString());

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        assertThat(terminal.out())
                .matches("3 rounds, [0-9,]{5,} acknowledged, 0 lost, 0 corrupt; [0-9,]+ accepted puts were not written"
                        + " yet, at most [0-9,]+ KiB at once, and the queue holds 1,024 KiB\\R");
        assertThat(killed(terminal)).isPositive();
        assertThat(kept.resolve("kill-0.db")).isNotEmptyFile();
    }

    private static int killed(Terminal terminal) {
        Matcher matcher = KILLED.matcher(terminal.err());
        assertThat(matcher.find()).as(terminal.err()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    @Test
    void processesThatShareAFileLoseNothing() {
        Terminal terminal = crowd();

        assertThat(terminal.out())
                .containsPattern("4 processes with 2 threads each: [0-9,]{5,} calls, 0 failed, 0 lost,"
                        + " 0 corrupt, 0 evicted\\R$");
        assertThat(terminal.out().lines().map(line -> line.replaceFirst(" {2,}.*", "")))
                .contains("call", "put", "put all", "put async", "get", "get all", "remove", "remove tagged", "flush");
    }

    @Test
    void processesThatShareABoundedFileLoseOnlyWhatIsEvicted() {
        Terminal terminal = crowd("--bounded");

        assertThat(terminal.out()).containsPattern("calls, 0 failed, 0 lost, 0 corrupt, [1-9][0-9,]* evicted\\R$");
    }

    /** Runs few operations, with all the time that a busy machine may need. */
    private static Terminal crowd(String... more) {
        List<String> args = new ArrayList<>(List.of("torture", "processes", "--threads", "2", "--operations", "300"));
        args.addAll(List.of("--seed", "1", "--operation-timeout", "60"));
        args.addAll(List.of(more));
        Terminal terminal = Terminal.larder(args.toArray(String[]::new));
        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        return terminal;
    }

    @Test
    void badInput() throws IOException {
        Files.createFile(directory.resolve("something"));

        assertBadInput("which torture? There are: kill, processes; see larder torture --help", "torture");
        assertBadInput("bad --rounds '0': write a number from 1 to 1000000", "torture", "kill", "--rounds", "0");
        assertBadInput("bad --threads '65': write a number from 1 to 64", "torture", "kill", "--threads", "65");
        assertBadInput("bad --seconds '0': write a number from 1 to 86400", "torture", "processes", "--seconds", "0");
        assertBadInput(
                "bad --operation-timeout '0': write a number from 1 to 86400",
                "torture",
                "processes",
                "--operation-timeout",
                "0");
        assertBadInput(
                "unknown --durability 'never'; there are: committed, behind",
                "torture",
                "kill",
                "--durability",
                "never");
        assertBadInput(
                directory + " is not empty: name another directory", "torture", "kill", "--dir", directory.toString());
    }

    private static void assertBadInput(String message, String... args) {
        Terminal terminal = Terminal.larder(args);
        assertThat(terminal.exitCode()).as(terminal.err()).isEqualTo(2);
        assertThat(terminal.err().stripTrailing()).endsWith(message).doesNotContain("\n");
    }
}
