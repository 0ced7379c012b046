package dev.larder.perf.torture;

/** Says that a store did what it must not, or that the torture could not go on. The message names what was found. */
public final class TortureException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TortureException(String message) {
        super(message);
    }

    TortureException(String message, Throwable cause) {
        super(message, cause);
    }
}
