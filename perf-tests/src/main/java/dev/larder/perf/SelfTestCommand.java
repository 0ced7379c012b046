package dev.larder.perf;

import dev.larder.perf.selftest.SelfTest;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code larder bench self-test}: whether {@code --baseline} can be believed on this machine. */
@Command(
        name = "self-test",
        description = {
            "Finds out whether --baseline can be believed on this machine: compares runs of this build with each other,"
                    + " and with runs of stores that are 20 % slower on purpose.",
            "",
            "Ends with 1 if more than one in twenty pairs raises a false alarm, or more than one in twenty slower runs"
                    + " is missed.",
            ""
        },
        hidden = true,
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class SelfTestCommand implements Callable<Integer> {
    private static final int MOST_PAIRS = 1000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many pairs of each kind. Default: ${DEFAULT-VALUE}.")
    private String pairs = "";

    @Override
    public Integer call() throws InterruptedException {
        Subcommands.refuseOptionsBefore(spec);
        PrintWriter out = spec.commandLine().getOut();
        SelfTest.Score score = new SelfTest(line -> {
                    out.println(line);
                    out.flush();
                })
                .run(count());
        out.println(score.pairs() + " pairs of the same build: " + score.falseAlarms() + " false alarms; "
                + score.pairs() + " slower runs: " + score.misses() + " missed");
        out.flush();
        return score.holds() ? 0 : CommandException.FAILED;
    }

    private int count() {
        int count = pairs.matches("[0-9]{1,4}") ? Integer.parseInt(pairs) : 0;
        if (count < 1 || count > MOST_PAIRS) {
            throw CommandException.badInput(
                    "bad --pairs '" + pairs + "': write how many pairs to run, from 1 to " + MOST_PAIRS);
        }
        return count;
    }
}
