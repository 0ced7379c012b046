package dev.larder.perf.baseline;

import org.jspecify.annotations.Nullable;

/** Says why two runs cannot be compared, in a line for the user. */
public final class BaselineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BaselineException(@Nullable String message) {
        super(message);
    }
}
