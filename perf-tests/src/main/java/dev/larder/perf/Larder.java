package dev.larder.perf;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code larder} command. */
@Command(
        name = "larder",
        description = "Keeps HTTP responses so that a program need not ask twice.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        subcommands = {DemoCommand.class, BenchCommand.class, ReportCommand.class, TortureCommand.class})
public final class Larder implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Larder() {}

    /** Runs the command and ends the JVM: with 0 if all is well, 1 if something is not, 2 if the input is bad. */
    public static void main(String... args) {
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        System.exit(run(out, err, args));
    }

    /** Says that a command is missing. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "which command? There are: "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    /** Runs the command and returns the code to exit with. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Larder())
                .setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler(Failures::badArguments)
                .setExecutionExceptionHandler(Failures::failed)
                .execute(args);
    }
}
