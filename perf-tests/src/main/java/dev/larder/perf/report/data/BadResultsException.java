package dev.larder.perf.report.data;

/** A file is not one of results; the message says in one line what is wrong with it. */
public final class BadResultsException extends Exception {
    private static final long serialVersionUID = 1;

    BadResultsException(String message) {
        super(message);
    }

    BadResultsException(String message, Throwable cause) {
        super(message, cause);
    }
}
