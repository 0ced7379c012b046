package dev.larder.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.StoreSpec;
import dev.larder.perf.scenarios.Scenarios;
import dev.larder.perf.suite.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the user gets wrong costs one clear line and exit code 2, before anything has run. */
class BadInputTest {
    @TempDir
    private Path directory;

    @Test
    void noCommand() {
        assertOneLine(Terminal.larder())
                .isEqualTo("larder: which command? There are: demo, bench, report, torture; see larder --help");
    }

    @Test
    void unknownCommand() {
        assertOneLine(Terminal.larder("brew"))
                .isEqualTo(
                        "larder: unknown command 'brew'; there are: demo, bench, report, torture; see larder --help");
    }

    @Test
    void unknownOption() {
        assertOneLine(Terminal.larder("bench", "--quik"))
                .isEqualTo("larder bench: unknown option '--quik'; see larder bench --help");
    }

    @Test
    void unexpectedArgument() {
        assertOneLine(Terminal.larder("demo", "now"))
                .isEqualTo("larder demo: unexpected argument 'now'; see larder demo --help");
    }

    @Test
    void missingValue() {
        assertOneLine(Terminal.larder("bench", "--json")).contains("--json").endsWith("see larder bench --help");
    }

    @Test
    void unknownStoreListsThoseThatExist() {
        assertOneLine(Terminal.larder("bench", "--store", "memory", "--store", "redis"))
                .startsWith("larder bench: unknown store 'redis'; there are: map, memory, sqlite behind,")
                .contains("sqlite committed", "tiered (memory over sqlite)");
    }

    @Test
    void unknownTier() {
        assertOneLine(Terminal.larder("bench", "--store", "memory:,redis:"))
                .contains("cannot open store 'memory:,redis:'", "unknown store 'redis'");
    }

    @Test
    void unknownOptionOfAStore() {
        assertOneLine(Terminal.larder("bench", "--store", "memory:?maxByte=1"))
                .contains("unknown option 'maxByte' of memory", "maxBytes");
    }

    @Test
    void unknownScenarioListsThoseThatExist() {
        assertOneLine(Terminal.larder("bench", "--scenario", "hits"))
                .isEqualTo("larder bench: unknown scenario 'hits'; there are: "
                        + Scenarios.all().stream().map(Scenario::name).collect(Collectors.joining(", "))
                        + ", steady, peers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1,", ",1", "1,,2", "two", "1.5", "1 2", "10001", "99999999999"})
    void badThreads(String threads) {
        assertOneLine(Terminal.larder("bench", "--threads", threads))
                .startsWith("larder bench: bad --threads '" + threads + "': write numbers from 1 to 10000");
        assertOneLine(Terminal.larder("bench", "--scenario", "steady", "--threads", threads))
                .startsWith("larder bench: bad --threads '" + threads + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5", "ten", "1e4", "1 000", "+5", "1000001", "99999999999"})
    void badRate(String rate) {
        assertOneLine(Terminal.larder("bench", "--scenario", "steady", "--rate=" + rate))
                .isEqualTo("larder bench: bad --rate '" + rate
                        + "': write how many calls arrive in a second, from 1 to 1000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0s", "30", "s", "-1s", "1.5s", "1 hour", "1us", "25h", "99999999999s"})
    void badDuration(String duration) {
        assertOneLine(Terminal.larder("bench", "--scenario", "steady", "--duration=" + duration))
                .isEqualTo("larder bench: bad --duration '" + duration
                        + "': write a time such as 500ms, 30s or 5m, up to 24h");
    }

    @Test
    void arrivalsOfAScenarioThatIsNotChosen() {
        assertOneLine(Terminal.larder("bench", "--scenario", "hit", "--rate", "5"))
                .isEqualTo("larder bench: --rate is for the scenario steady, which is not chosen");
        assertOneLine(Terminal.larder("bench", "--scenario", "hit", "--duration", "5s"))
                .isEqualTo("larder bench: --duration is for the scenarios steady and sustained, neither of which is"
                        + " chosen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "1999", "10001", "-2000", "2e3", "many", "99999999999"})
    void badUsers(String users) {
        for (String[] more : new String[][] {{}, {"--find-limit"}}) {
            String[] args = Stream.concat(
                            Stream.of("bench", "--scenario", "steady", "--users=" + users), Stream.of(more))
                    .toArray(String[]::new);
            assertOneLine(Terminal.larder(args))
                    .isEqualTo("larder bench: bad --users '" + users + "': write a number from 2000 to 10000");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0ms", "50", "fast", "61s", "2m"})
    void badBoundOfTheLimit(String p99) {
        assertOneLine(Terminal.larder("bench", "--scenario", "steady", "--find-limit", "--p99=" + p99))
                .isEqualTo("larder bench: bad --p99 '" + p99 + "': write a time such as 500ms, 30s or 5m, up to 1m");
    }

    @Test
    void limitThatNobodyLooksFor() {
        assertOneLine(Terminal.larder("bench", "--scenario", "hit", "--find-limit"))
                .isEqualTo("larder bench: --find-limit is for the scenario steady, which is not chosen");
        assertOneLine(Terminal.larder("bench", "--scenario", "hit", "--users", "2000"))
                .isEqualTo("larder bench: --users is for the scenario steady, which is not chosen");
        assertOneLine(Terminal.larder("bench", "--scenario", "steady", "--p99", "50ms"))
                .isEqualTo("larder bench: --p99 is for --find-limit, which is not given");
        assertOneLine(Terminal.larder("bench", "--scenario", "steady", "--find-limit", "--rate", "0"))
                .contains("bad --rate '0'");
    }

    @Test
    void resultsThatCannotBeWritten() throws IOException {
        Path textFile = Files.writeString(directory.resolve("text"), "a text");

        assertOneLine(Terminal.larder("bench", "--json", directory.toString()))
                .isEqualTo("larder bench: cannot write " + directory + ": it is a directory");
        assertOneLine(Terminal.larder("bench", "--json", directory + "/none/x.json"))
                .endsWith("x.json: its directory does not exist");
        assertOneLine(Terminal.larder("bench", "--json", textFile + "/x.json")).contains("cannot write");
        assertThat(textFile).hasContent("a text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bench", "demo"})
    void fileThatIsNoDatabase(String command) throws IOException {
        Path text = Files.writeString(directory.resolve("notes.txt"), "This is no database, and must stay as it is.\n");

        assertOneLine(open(command, text)).contains("notes.txt");
        assertThat(text).hasContent("This is no database, and must stay as it is.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bench", "demo"})
    void directoryInsteadOfAFile(String command) {
        assertOneLine(open(command, directory)).contains(directory.toString());
    }

    private static Terminal open(String command, Path file) {
        return command.equals("demo")
                ? Terminal.larder("demo", "--file", file.toString())
                : Terminal.larder("bench", "--store", "sqlite:" + StoreSpec.encode(file.toString()));
    }

    private static AbstractStringAssert<?> assertOneLine(Terminal terminal) {
        assertThat(terminal.exitCode()).as(terminal.err()).isEqualTo(2);
        assertThat(terminal.err()).endsWith(System.lineSeparator());
        String line = terminal.err().stripTrailing();
        assertThat(line).doesNotContain("\n", "Exception", "null");
        return assertThat(line);
    }
}
