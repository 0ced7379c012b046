package dev.larder.perf;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code larder torture}: tries to break the SQLite store. */
@Command(
        name = "torture",
        description = {"Tries to break the SQLite store, and says what was lost.", ""},
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        subcommands = {TortureKillCommand.class, TortureProcessesCommand.class})
final class TortureCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Says that a command is missing. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "which torture? There are: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
