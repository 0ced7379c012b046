package dev.larder.perf;

import org.jspecify.annotations.Nullable;

/** Ends the command with one line for the user, who can do something about it, and an exit code. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The command did what was asked, and what it found is not as it must be; or it could not do it. */
    static final int FAILED = 1;

    /** What was asked cannot be done. */
    static final int BAD_INPUT = 2;

    /** A run is worse than the one that it was compared with. */
    static final int WORSE = 3;

    private final int exitCode;

    CommandException(int exitCode, @Nullable String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static CommandException badInput(@Nullable String message) {
        return new CommandException(BAD_INPUT, message);
    }

    int exitCode() {
        return exitCode;
    }
}
