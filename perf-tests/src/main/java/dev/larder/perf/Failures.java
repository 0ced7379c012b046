package dev.larder.perf;

import dev.larder.cache.CacheStoreException;
import dev.larder.perf.suite.SuiteException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Tells the user what went wrong: one line, and no stack trace unless it is our own fault. */
final class Failures {
    private Failures() {}

    /** Says what is wrong with the arguments. */
    static int badArguments(CommandLine.ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        return say(command, message(failure) + "; see " + name(command) + " --help", CommandException.BAD_INPUT);
    }

    private static String message(CommandLine.ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        String commands = String.join(", ", command.getSubcommands().keySet());
        if (failure instanceof CommandLine.UnmatchedArgumentException unmatched) {
            List<String> arguments = unmatched.getUnmatched();
            String first = arguments.isEmpty() ? "" : arguments.get(0);
            if (first.startsWith("-")) {
                return "unknown option '" + first + "'";
            }
            return commands.isEmpty()
                    ? "unexpected argument '" + first + "'"
                    : "unknown command '" + first + "'; there are: " + commands;
        }
        return String.valueOf(failure.getMessage());
    }

    /** Says why the command could not do its work. */
    static int failed(Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        if (failure instanceof CommandException known) {
            return say(command, known.getMessage(), known.exitCode());
        }
        if (failure instanceof CacheStoreException || failure instanceof SuiteException) {
            return say(command, failure.getMessage(), CommandException.FAILED);
        }
        say(command, "an error in larder itself, please report it", CommandException.FAILED);
        failure.printStackTrace(command.getErr());
        return CommandException.FAILED;
    }

    private static int say(CommandLine command, @Nullable String message, int exitCode) {
        command.getErr().println(name(command) + ": " + String.valueOf(message).replaceAll("\\s*\\R\\s*", " "));
        command.getErr().flush();
        return exitCode;
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }
}
