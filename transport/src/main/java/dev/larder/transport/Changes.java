package dev.larder.transport;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often what is kept was removed: raised before and after each time, so that an answer which was asked for before is
 * neither kept nor shared afterwards.
 */
final class Changes {
    // Some hundreds of URIs share a number, at the price of a miss.
    private static final int SIZE = 1024;

    /** By how much a call that changes its URI raises the number, before and after the removal. */
    static final int OF_ONE_CALL = 2;

    private final AtomicLongArray byUri = new AtomicLongArray(SIZE);
    private final AtomicLong purges = new AtomicLong();

    /**
     * Returns a number that differs from an earlier one if anything that a request may be answered with was removed
     * between. What a rule alone decides on, no change of its URI outdates, only a purge.
     */
    long of(Policy policy, HttpRequest request) {
        URI uri = policy.isForced() ? null : TargetUri.normalize(request.uri());
        return purges.get() + (uri == null ? 0 : byUri.get(index(uri)));
    }

    long of(Ask ask) {
        return of(ask.policy(), ask.request());
    }

    /** Runs a removal of what is kept about URIs. */
    void around(Collection<URI> normalUris, Runnable removal) {
        normalUris.forEach(uri -> byUri.incrementAndGet(index(uri)));
        removal.run();
        normalUris.forEach(uri -> byUri.incrementAndGet(index(uri)));
    }

    /** A removal of anything begins, or has ended. */
    void purging() {
        purges.incrementAndGet();
    }

    private static int index(URI normalUri) {
        int hash = normalUri.hashCode();
        return (hash ^ hash >>> 16) & (SIZE - 1);
    }
}
