package dev.larder.transport;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Removes by hand: on the caller's own thread, who has asked for it and is told if it fails. */
final class Purge {
    // For the caller, who waits for it, rather than for a budget: a tag may have a million entries.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CacheStore store;
    private final OnTheWay onTheWay;
    private final Changes changes;

    Purge(CacheStore store, OnTheWay onTheWay, Changes changes) {
        this.store = store;
        this.onTheWay = onTheWay;
        this.changes = changes;
    }

    /** Removes every answer to requests with this key, whatever they vary by. */
    boolean key(CacheKey key) {
        Deadline deadline = Deadline.after(PATIENCE);
        changes.purging();
        try {
            boolean removed = false;
            for (CacheKey each : List.of(key, KeyHasher.headOf(key))) {
                String variants = KeyHasher.variantsTagOf(each);
                removed |= onTheWay.remove(each);
                onTheWay.removeTagged(variants);
                removed |= store.remove(each, deadline);
                removed |= store.removeTagged(variants, deadline) > 0;
            }
            return removed;
        } finally {
            changes.purging();
        }
    }

    /** Removes every answer to requests for a URI. */
    long uri(URI uri) {
        URI normal = TargetUri.normalize(uri);
        if (normal == null) {
            throw new IllegalArgumentException("answers are kept about http and https URIs with a host, not " + uri);
        }
        return tagged(List.of(KeyHasher.tagOf(normal), KeyHasher.purgeTagOf(normal)));
    }

    /** Removes every answer with one of these names, and returns how many entries of the store went. */
    long tagged(List<String> names) {
        Deadline deadline = Deadline.after(PATIENCE);
        changes.purging();
        try {
            long removed = 0;
            for (String name : names) {
                onTheWay.removeTagged(name);
                removed += store.removeTagged(name, deadline);
            }
            return removed;
        } finally {
            changes.purging();
        }
    }
}
