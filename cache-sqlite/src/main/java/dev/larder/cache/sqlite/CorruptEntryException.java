package dev.larder.cache.sqlite;

import org.jspecify.annotations.Nullable;

/** A row does not hold what was once put there. Whoever catches it takes the entry for absent and has it erased. */
final class CorruptEntryException extends Exception {
    private static final long serialVersionUID = 1;

    CorruptEntryException() {
        this(null);
    }

    CorruptEntryException(@Nullable Throwable cause) {
        super("corrupt entry", cause, false, false);
    }
}
