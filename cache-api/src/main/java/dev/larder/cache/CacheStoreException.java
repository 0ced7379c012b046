package dev.larder.cache;

import org.jspecify.annotations.Nullable;

/**
 * Says that storage could not do what was asked, for a reason that does not lie in the call.
 *
 * <p>The message names what was asked, what was found and what to do. Whatever the backend threw is the cause.
 */
public class CacheStoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What stood in the way, and so what a caller may try. */
    public enum Kind {
        /** The deadline passed first. The same call may succeed with more time. */
        TIMEOUT,
        /** Somebody else held what was needed for longer than the store retries. The same call may succeed later. */
        BUSY,
        /** Storage cannot be reached, opened or written: gone, forbidden, unplugged. */
        UNAVAILABLE,
        /** Storage was reached and is damaged or not ours, beyond a single entry. */
        CORRUPT,
        /** There is no room for the write: a full disk, or a limit of the file or the server. */
        FULL
    }

    /** What stood in the way. */
    private final Kind kind;

    /** Makes an exception without a cause. */
    public CacheStoreException(Kind kind, String message) {
        this(kind, message, null);
    }

    /** Makes an exception that keeps what the backend threw. */
    public CacheStoreException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns what stood in the way. */
    public Kind kind() {
        return kind;
    }
}
