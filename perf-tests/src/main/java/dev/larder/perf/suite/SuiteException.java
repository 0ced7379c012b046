package dev.larder.perf.suite;

/** Says that something could not be run to its end. The message names what, and what happened. */
public final class SuiteException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Makes an exception. */
    public SuiteException(String message, Throwable cause) {
        super(message, cause);
    }
}
