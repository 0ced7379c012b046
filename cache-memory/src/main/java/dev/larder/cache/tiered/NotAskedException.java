package dev.larder.cache.tiered;

import dev.larder.cache.CacheStoreException;

/** Says why far was not asked to put: a loss for the caller, but nothing that far could be blamed for. */
final class NotAskedException extends CacheStoreException {
    private static final long serialVersionUID = 1;

    private NotAskedException(Kind kind, String message) {
        super(kind, message);
    }

    static NotAskedException resting() {
        return new NotAskedException(Kind.UNAVAILABLE, "the far tier is left alone after repeated failures");
    }

    static NotAskedException noPlace() {
        return new NotAskedException(Kind.BUSY, "too many puts are on their way to the far tier already");
    }
}
