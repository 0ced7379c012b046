package dev.larder.cache.tiered;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import java.util.concurrent.CompletionException;

/** Turns whatever a tier threw into what the callers of a store expect. */
final class Failures {
    private Failures() {}

    /** Returns {@code thrown} itself if it is trouble of storage; else what says that the tier should not have. */
    static CacheStoreException ofStorage(String tier, String operation, Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof CacheStoreException storage
                ? storage
                : new CacheStoreException(
                        Kind.UNAVAILABLE,
                        "the " + tier + " tier broke its contract in " + operation + ": " + cause,
                        cause);
    }

    /** Throws TIMEOUT if the failure came with the end of the caller's own deadline. */
    static void refuseExpired(String operation, Deadline deadline, CacheStoreException failure) {
        if (deadline.isExpired()) {
            throw new CacheStoreException(
                    Kind.TIMEOUT, operation + " on the tiered store ran past its deadline", failure);
        }
    }

    static IllegalStateException closed() {
        return new IllegalStateException("the tiered store is closed");
    }
}
