package dev.larder.perf;

import dev.larder.perf.report.Figures;
import dev.larder.perf.report.TextTable;
import dev.larder.perf.suite.TemporaryDirectory;
import dev.larder.perf.torture.CrowdPlan;
import dev.larder.perf.torture.CrowdTally;
import dev.larder.perf.torture.CrowdTorture;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code larder torture processes}: a crowd on one file. */
@Command(
        name = "processes",
        description = {
            "Lets several processes with several threads each read, write and remove in one SQLite file that does not"
                    + " exist before, all beginning at the same instant. Each thread checks every result exactly, and"
                    + " in the end the file is compared with what they have left.",
            "",
            "Ends with 1 if a call failed, or if something was lost or is not sound.",
            ""
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class TortureProcessesCommand implements Callable<Integer> {
    private static final int MOST_PROCESSES = 64;
    private static final int MOST_THREADS = 64;
    private static final int MOST_SECONDS = 24 * 60 * 60;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--processes",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many processes. Default: ${DEFAULT-VALUE}.")
    private int processes;

    @Option(
            names = "--threads",
            paramLabel = "T",
            defaultValue = "8",
            description = "How many threads in each. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "60",
            description = "For how long. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--operations",
            paramLabel = "N",
            description = "How many operations each thread performs, instead of a time.")
    private @Nullable Integer operations;

    @Option(names = "--bounded", description = "Keep a third of what is put, so that the processes always evict.")
    private boolean bounded;

    @Option(
            names = "--operation-timeout",
            paramLabel = "S",
            defaultValue = "5",
            description = "The longest that a call may take, in seconds. Default: ${DEFAULT-VALUE}.")
    private int operationTimeout;

    @Option(names = "--seed", paramLabel = "S", description = "What the threads do. Default: another one each time.")
    private @Nullable Long seed;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "A directory that is empty or does not exist, to keep the file in; it stays. Default: a"
                    + " temporary one, which does not.")
    private @Nullable Path directory;

    @Override
    public Integer call() throws InterruptedException {
        TortureOptions.checkRange("--processes", processes, MOST_PROCESSES);
        TortureOptions.checkRange("--threads", threads, MOST_THREADS);
        TortureOptions.checkRange("--seconds", seconds, MOST_SECONDS);
        TortureOptions.checkRange("--operation-timeout", operationTimeout, MOST_SECONDS);
        if (operations != null) {
            TortureOptions.checkRange("--operations", operations, Integer.MAX_VALUE);
        }
        if (directory != null) {
            return torture(TortureOptions.emptyDirectory(directory));
        }
        try (TemporaryDirectory temporary = TemporaryDirectory.create()) {
            return torture(temporary.path());
        }
    }

    private int torture(Path where) throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        long chosen = seed == null ? System.nanoTime() : seed;
        say(err, "seed " + chosen);
        CrowdPlan plan = new CrowdPlan(
                processes,
                threads,
                operations == null ? seconds : 0,
                operations == null ? Integer.MAX_VALUE : operations,
                bounded,
                operationTimeout,
                chosen,
                where);
        CrowdTally tally;
        try {
            tally = CrowdTorture.run(plan, step -> say(err, step), finding -> say(err, finding));
        } catch (IOException e) {
            throw new CommandException(CommandException.FAILED, "cannot go on in " + where + ": " + e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        print(tally, out);
        out.println(processes + " processes with " + threads + " threads each: " + tally);
        out.flush();
        return tally.isSound() ? 0 : CommandException.FAILED;
    }

    private static void say(PrintWriter err, String text) {
        err.println("torture processes: " + text);
        err.flush();
    }

    private static void print(CrowdTally tally, PrintWriter out) {
        TextTable table = new TextTable(1, "call", "calls", "p50", "p99", "p99.9", "max");
        tally.latencies()
                .forEach(times -> table.add(
                        times.name(),
                        Figures.count(times.count()),
                        Figures.duration(times.p50()),
                        Figures.duration(times.p99()),
                        Figures.duration(times.p999()),
                        Figures.duration(times.max())));
        table.print(out);
    }
}
