package dev.larder.perf.suite;

/** Says that a cell could not be run to its end. The message names the cell and what happened. */
public final class SuiteException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SuiteException(String message, Throwable cause) {
        super(message, cause);
    }
}
