package dev.larder.cache.tiered;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import dev.larder.cache.StoreCapability;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The near store as its tier sees it. A read that fails is a miss. A put that fails must not leave an older entry in
 * front of far, so the key is erased; only where that fails too, and in removals, does the failure come out.
 */
final class NearTier {
    // When far has used up the caller's deadline, near would otherwise go on serving what far no longer has.
    private static final Duration LEAST_TO_FOLLOW_FAR = Duration.ofMillis(100);

    private final CacheStore store;
    private final StatsCounter stats;
    private final boolean immediate;
    private volatile boolean closed;

    NearTier(CacheStore store, StatsCounter stats) {
        this.store = store;
        this.stats = stats;
        this.immediate = store.capabilities().contains(StoreCapability.IMMEDIATE);
    }

    /** Returns what near has, or null where it fails; throws only past the deadline. */
    @Nullable
    CacheEntry get(CacheKey key, Deadline deadline) {
        try {
            return store.get(key, deadline);
        } catch (RuntimeException e) {
            Failures.refuseExpired("get", deadline, failed("get", e));
            return null;
        }
    }

    /** Returns what near has of {@code keys}, nothing where it fails; throws only past the deadline. */
    Map<CacheKey, CacheEntry> getAll(Set<CacheKey> keys, Deadline deadline) {
        try {
            return store.getAll(keys, deadline);
        } catch (RuntimeException e) {
            Failures.refuseExpired("getAll", deadline, failed("getAll", e));
            return Map.of();
        }
    }

    /** Keeps what far has. Where that fails, it stays in far. */
    void promote(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
        tryPut(entries, deadline);
    }

    /**
     * Keeps the one and erases the other, and returns whether near has what it was to keep; if not, it has nothing.
     *
     * @throws CacheStoreException if near failed and may still have something older
     */
    boolean settle(Map<CacheKey, CacheEntry> kept, Collection<CacheKey> erased, Deadline deadline) {
        FirstFailure failure = new FirstFailure();
        CacheStoreException notKept = tryPut(kept, following(deadline));
        if (notKept != null) {
            failure.add(notKept);
        }
        try {
            erase(erased, deadline);
            if (notKept != null) {
                erase(kept.keySet(), deadline);
            }
            return notKept == null;
        } catch (CacheStoreException e) {
            failure.add(e);
            throw failure.first();
        }
    }

    private @Nullable CacheStoreException tryPut(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
        try {
            if (entries.size() == 1) {
                entries.forEach((key, entry) -> store.put(key, entry, deadline));
            } else if (!entries.isEmpty()) {
                store.putAll(entries, deadline);
            }
            return null;
        } catch (RuntimeException e) {
            return failed("put", e);
        }
    }

    private void erase(Collection<CacheKey> keys, Deadline deadline) {
        for (CacheKey key : keys) {
            remove(key, deadline);
        }
    }

    boolean remove(CacheKey key, Deadline deadline) {
        return demand("remove", () -> store.remove(key, following(deadline)));
    }

    long removeTagged(String tag, Deadline deadline) {
        return demand("removeTagged", () -> store.removeTagged(tag, following(deadline)));
    }

    void clear(Deadline deadline) {
        demand("clear", () -> {
            store.clear(following(deadline));
            return true;
        });
    }

    /** Scans; where near fails, far has yet to be scanned, and only the end of the deadline comes out. */
    void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        try {
            store.scan(visitor, deadline);
        } catch (VisitorException e) {
            throw e;
        } catch (RuntimeException e) {
            Failures.refuseExpired("scan", deadline, failed("scan", e));
        }
    }

    void flush(Deadline deadline) {
        demand("flush", () -> {
            store.flush(deadline);
            return true;
        });
    }

    CacheStore store() {
        return store;
    }

    /** Makes all further failures look like what they are: calls on a closed store. */
    void refuseCalls() {
        closed = true;
    }

    private Deadline following(Deadline deadline) {
        if (immediate) {
            return Deadline.never();
        }
        return deadline.remainingNanos() < LEAST_TO_FOLLOW_FAR.toNanos()
                ? Deadline.after(LEAST_TO_FOLLOW_FAR)
                : deadline;
    }

    private <T> T demand(String operation, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw failed(operation, e);
        }
    }

    private CacheStoreException failed(String operation, RuntimeException thrown) {
        if (closed) {
            throw Failures.closed();
        }
        stats.recordFailure();
        return Failures.ofStorage("near", operation, thrown);
    }
}
