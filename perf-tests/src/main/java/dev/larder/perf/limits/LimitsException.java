package dev.larder.perf.limits;

import org.jspecify.annotations.Nullable;

/** Says that a call failed or gave a wrong value. The message says which row it was, and what happened. */
public final class LimitsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LimitsException(@Nullable String message) {
        super(message);
    }

    LimitsException(@Nullable String message, Throwable cause) {
        super(message, cause);
    }
}
