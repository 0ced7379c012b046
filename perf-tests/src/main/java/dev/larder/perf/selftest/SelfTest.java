package dev.larder.perf.selftest;

import dev.larder.perf.baseline.Change;
import dev.larder.perf.baseline.Comparison;
import dev.larder.perf.baseline.Metric;
import dev.larder.perf.baseline.Run;
import dev.larder.perf.baseline.RunFile;
import dev.larder.perf.suite.SuiteException;
import dev.larder.perf.suite.TemporaryDirectory;
import dev.larder.perf.torture.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Compares pairs of runs of this build, of which the second is slower every other time. */
public final class SelfTest {
    private static final double SLOWER = 0.2;
    private static final double THRESHOLD = 0.1;
    private static final int CALLS = 2_000;
    private static final int REPETITIONS = 7;

    // Many times what a run takes.
    private static final int PATIENCE_SECONDS = 600;
    private static final List<String> JVM_OPTIONS = List.of("-Dorg.jooq.no-logo=true", "-Dorg.jooq.no-tips=true");

    private final Consumer<String> out;

    /** @param out is told what comes of each pair */
    public SelfTest(Consumer<String> out) {
        this.out = out;
    }

    /**
     * What came of it.
     *
     * @param pairs how many pairs of each kind there were
     * @param falseAlarms pairs of the same build that were found to differ
     * @param misses pairs with the slower build in which nothing was found
     */
    public record Score(int pairs, int falseAlarms, int misses) {
        /** Returns whether the comparison can be believed: at most 1 of 20 false alarms, and as few misses. */
        public boolean holds() {
            return falseAlarms * 20 <= pairs && misses * 20 <= pairs;
        }
    }

    /**
     * Runs so many pairs of each kind.
     *
     * @throws SuiteException if a run fails
     */
    public Score run(int pairs) throws InterruptedException {
        int falseAlarms = 0;
        int misses = 0;
        List<Change> quietChanges = new ArrayList<>();
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            for (int pair = 1; pair <= pairs; pair++) {
                Run before = run(directory.path(), 0);
                // In turn, so that whatever the machine does in the long run falls on both kinds.
                boolean slowedFirst = pair % 2 == 0;
                Run first = run(directory.path(), slowedFirst ? SLOWER : 0);
                Run second = run(directory.path(), slowedFirst ? 0 : SLOWER);
                Comparison quiet = Comparison.of(before, slowedFirst ? second : first, THRESHOLD);
                Comparison slowed = Comparison.of(before, slowedFirst ? first : second, THRESHOLD);
                quietChanges.addAll(quiet.changes());
                falseAlarms += quiet.alarms().isEmpty() ? 0 : 1;
                misses += slowed.alarms().isEmpty() ? 1 : 0;
                out.accept("pair " + pair + " of " + pairs + ": same build: " + found(quiet) + "; 20 % slower: "
                        + found(slowed));
            }
        }
        for (Metric metric : Metric.values()) {
            out.accept(metric.title() + " between runs of the same build: " + scatter(metric, quietChanges));
        }
        return new Score(pairs, falseAlarms, misses);
    }

    private static String found(Comparison comparison) {
        long rows = comparison.changes().stream().map(Change::key).distinct().count();
        long worse = comparison.alarms().stream().map(Change::key).distinct().count();
        return worse + " of " + rows + " rows worse";
    }

    private static String scatter(Metric metric, List<Change> changes) {
        List<Double> moved = changes.stream()
                .filter(change -> change.metric() == metric)
                .map(change -> Math.abs(change.shift().estimate()))
                .sorted(Comparator.naturalOrder())
                .toList();
        if (moved.isEmpty()) {
            return "nothing";
        }
        long beyond = moved.stream().filter(each -> each > THRESHOLD).count();
        return String.format(
                Locale.ROOT,
                "moved by %.1f %% in the median and %.1f %% at most, by more than 10 %% in %d of %d rows",
                moved.get(moved.size() / 2) * 100,
                moved.get(moved.size() - 1) * 100,
                beyond,
                moved.size());
    }

    private static Run run(Path directory, double slower) throws InterruptedException {
        return run(directory, slower, CALLS, REPETITIONS);
    }

    /**
     * Runs the load suite in a JVM of its own.
     *
     * @throws SuiteException if that fails; the message says what the JVM said
     */
    static Run run(Path directory, double slower, int calls, int repetitions) throws InterruptedException {
        Path file = directory.resolve("run.json");
        List<String> arguments = List.of(
                file.toString(), Double.toString(slower), Integer.toString(calls), Integer.toString(repetitions));
        try (ChildJvm child = new ChildJvm(directory, PATIENCE_SECONDS, JVM_OPTIONS, SelfTestRun.class, arguments)) {
            String said = new String(child.out().readAllBytes(), StandardCharsets.UTF_8);
            if (child.exitCode() != 0) {
                String why = child.hung() ? "not done after " + PATIENCE_SECONDS + " s" : said + child.complaints();
                throw new SuiteException("a run of the self-test failed: " + why, new IOException(why));
            }
            return RunFile.parse(Files.readString(file), "a run of the self-test");
        } catch (IOException e) {
            throw new SuiteException("cannot start a run of the self-test: " + e.getMessage(), e);
        }
    }
}
