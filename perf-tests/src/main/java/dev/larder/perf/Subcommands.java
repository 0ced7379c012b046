package dev.larder.perf;

import picocli.CommandLine.Model.CommandSpec;

/** What commands of a command have in common. */
final class Subcommands {
    private Subcommands() {}

    /**
     * Refuses options that stand before the command: they are its parent's, and would be passed over in silence.
     *
     * @throws CommandException if there are any
     */
    static void refuseOptionsBefore(CommandSpec command) {
        CommandSpec parent = command.parent();
        if (parent != null
                && !parent.commandLine().getParseResult().matchedOptions().isEmpty()) {
            throw CommandException.badInput(
                    "options go behind the command: write " + command.qualifiedName() + ", then the options");
        }
    }
}
