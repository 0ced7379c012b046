package dev.larder.perf;

import dev.larder.perf.report.Figures;
import dev.larder.perf.suite.TemporaryDirectory;
import dev.larder.perf.torture.KillPlan;
import dev.larder.perf.torture.KillTally;
import dev.larder.perf.torture.KillTorture;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code larder torture kill}: sudden ends. */
@Command(
        name = "kill",
        description = {
            "Starts a process that writes to a SQLite store, kills it at a random instant, opens the file again, checks"
                    + " it, and looks for everything that the process had been told was done; and again, with the same"
                    + " file.",
            "",
            "Ends with 1 if something was lost that had to be there, or is not sound.",
            ""
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class TortureKillCommand implements Callable<Integer> {
    private static final int MOST_ROUNDS = 1_000_000;
    private static final int MOST_THREADS = 64;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many processes are killed. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "What the processes do, and when about they are killed. Default: another one each time.")
    private @Nullable Long seed;

    @Option(
            names = "--durability",
            paramLabel = "WHEN",
            defaultValue = "committed",
            description = "When a put returns: 'committed', and none may be lost, or 'behind', and those may be that"
                    + " waited in the queue. Default: ${DEFAULT-VALUE}.")
    private String durability = "";

    @Option(
            names = "--threads",
            paramLabel = "T",
            defaultValue = "4",
            description = "How many threads write at once. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "A directory that is empty or does not exist, to keep the file in; it stays. Default: a"
                    + " temporary one, which does not.")
    private @Nullable Path directory;

    @Override
    public Integer call() throws InterruptedException {
        TortureOptions.checkRange("--rounds", rounds, MOST_ROUNDS);
        TortureOptions.checkRange("--threads", threads, MOST_THREADS);
        boolean behind = TortureOptions.isBehind(durability);
        if (directory != null) {
            return torture(TortureOptions.emptyDirectory(directory), behind);
        }
        try (TemporaryDirectory temporary = TemporaryDirectory.create()) {
            return torture(temporary.path(), behind);
        }
    }

    private int torture(Path where, boolean behind) throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        long chosen = seed == null ? System.nanoTime() : seed;
        err.println("torture kill: seed " + chosen);
        KillTally tally;
        try {
            tally = KillTorture.run(
                    new KillPlan(rounds, chosen, behind, threads, where),
                    done -> progress(done, err),
                    finding -> err.println("torture kill: " + finding));
        } catch (IOException e) {
            throw new CommandException(CommandException.FAILED, "cannot go on in " + where + ": " + e.getMessage());
        }
        err.println("torture kill: " + tally.killed() + " processes were killed, the others had ended before");
        err.flush();
        PrintWriter out = spec.commandLine().getOut();
        out.println(behind ? tally + "; " + unwritten(tally) : tally.toString());
        out.flush();
        return tally.isSound() ? 0 : CommandException.FAILED;
    }

    private void progress(KillTally done, PrintWriter err) {
        int twentieth = Math.max(1, rounds / 20);
        if (done.rounds() % twentieth == 0 && done.rounds() < rounds) {
            err.println("torture kill: " + done);
            err.flush();
        }
    }

    private static String unwritten(KillTally tally) {
        return Figures.count(tally.unwritten()) + " accepted puts were not written yet, at most "
                + Figures.bytes(tally.mostUnwrittenBytes()) + " at once, and the queue holds "
                + Figures.bytes(KillTorture.QUEUE_BYTES);
    }
}
