package dev.larder.cache.tiered;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import dev.larder.cache.StoreCapability;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The far store as its tier sees it: reads that fail are misses, puts that fail are noted, and after repeated failures
 * both leave it alone for a while. Removals, scans and flushes always reach it, and their failures come out.
 *
 * <p>Puts under way, which a reader may already expect to see, are looked up beside the store.
 */
final class FarTier {
    private static final Logger LOG = System.getLogger(FarTier.class.getName());

    /** How long a put behind may take, which has no caller's deadline. */
    private static final Duration BEHIND_BUDGET = Duration.ofSeconds(10);

    private static final String PUT_ASYNC = "putAsync";

    // Beyond the queue of any sane store. It bounds what a store costs whose stages never complete.
    private static final int MOST_UNDER_WAY = 65_536;

    private final CacheStore store;
    private final InstantSource clock;
    private final StatsCounter stats;
    private final FarRest rest;
    private final @Nullable PutQueue queue;
    private final ConcurrentHashMap<CacheKey, CacheEntry> underWay = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable CacheStoreException> lostPut = new AtomicReference<>();
    private volatile boolean closed;

    FarTier(CacheStore store, TierOptions options, StatsCounter stats) {
        this.store = store;
        this.clock = options.clock();
        this.stats = stats;
        this.rest = new FarRest(options.restAfter(), options.restFor(), clock);
        boolean needsQueue = options.behind() && !store.capabilities().contains(StoreCapability.ASYNC_PUTS);
        this.queue = needsQueue ? new PutQueue(store, BEHIND_BUDGET, rest::permits) : null;
    }

    static Deadline behind() {
        return Deadline.after(BEHIND_BUDGET);
    }

    /** Returns what far has, or null where it fails; throws only past the deadline. */
    @Nullable
    CacheEntry get(CacheKey key, Deadline deadline) {
        CacheEntry coming = underWay.get(key);
        if (coming != null) {
            return servable(coming);
        }
        if (!rest.permits()) {
            return null;
        }
        long beganAtNanos = System.nanoTime();
        try {
            CacheEntry entry = store.get(key, deadline);
            rest.succeeded();
            return entry == null ? null : servable(entry);
        } catch (RuntimeException e) {
            Failures.refuseExpired("get", deadline, failed("get", e, deadline, beganAtNanos));
            return null;
        }
    }

    /** Returns what far has of {@code keys}, nothing where it fails; throws only past the deadline. */
    Map<CacheKey, CacheEntry> getAll(Set<CacheKey> keys, Deadline deadline) {
        Map<CacheKey, CacheEntry> found = new HashMap<>();
        for (CacheKey key : keys) {
            CacheEntry coming = underWay.get(key);
            if (coming != null) {
                found.put(key, coming);
            }
        }
        if (found.size() < keys.size() && rest.permits()) {
            long beganAtNanos = System.nanoTime();
            try {
                Map<CacheKey, CacheEntry> stored = store.getAll(keys, deadline);
                rest.succeeded();
                stored.forEach(found::putIfAbsent);
            } catch (RuntimeException e) {
                Failures.refuseExpired("getAll", deadline, failed("getAll", e, deadline, beganAtNanos));
            }
        }
        found.keySet().retainAll(keys);
        found.values().removeIf(entry -> servable(entry) == null);
        return found;
    }

    private @Nullable CacheEntry servable(CacheEntry entry) {
        return entry.isExpiredAt(clock.instant()) ? null : entry;
    }

    /** Returns why far cannot be put to now, which is noted, or null: then a put has to follow. */
    @Nullable
    CacheStoreException refusePut() {
        return rest.permits() ? null : missed(NotAskedException.resting());
    }

    /**
     * Returns why far cannot be put to asynchronously now, or null: then {@link #putAsync} has to follow, for which a
     * place is taken. Whoever does not tell the reason to the caller has flush tell it, by {@link #lost}.
     *
     * @param patience how long to wait for a place
     */
    @Nullable
    CacheStoreException refusePutAsync(Deadline patience) {
        if (queue == null) {
            if (underWay.mappingCount() >= MOST_UNDER_WAY) {
                return refused(NotAskedException.noPlace());
            }
            return rest.permits() ? null : refused(NotAskedException.resting());
        }
        // The queue asks for permission once a put's turn has come. While far rests, nothing should wait there.
        if (rest.isUnbroken()) {
            return refused(NotAskedException.resting());
        }
        return queue.tryPlace() || queue.awaitPlace(patience) ? null : refused(NotAskedException.noPlace());
    }

    private CacheStoreException missed(NotAskedException reason) {
        CacheStoreException refusal = refused(reason);
        lost(refusal);
        return refusal;
    }

    private CacheStoreException refused(NotAskedException reason) {
        refuseClosed();
        stats.recordFailure();
        return reason;
    }

    /** Has flush tell that a put which was accepted did not get here. */
    void lost(CacheStoreException reason) {
        lostPut.compareAndSet(null, reason);
    }

    /** Puts, and returns what went wrong, or null. */
    @Nullable
    CacheStoreException put(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
        long beganAtNanos = System.nanoTime();
        try {
            if (entries.size() == 1) {
                entries.forEach((key, entry) -> store.put(key, entry, deadline));
            } else {
                store.putAll(entries, deadline);
            }
            // Far has done those that were accepted before; whoever waits for them may not have been told yet.
            underWay.keySet().removeAll(entries.keySet());
            rest.succeeded();
            return null;
        } catch (RuntimeException e) {
            CacheStoreException failure = failed("put", e, deadline, beganAtNanos);
            if (!deadline.isExpired()) {
                lostPut.compareAndSet(null, failure);
            }
            return failure;
        }
    }

    /** Puts without waiting. The stage fails with {@link CacheStoreException} only. */
    CompletableFuture<@Nullable Void> putAsync(CacheKey key, CacheEntry given, Deadline deadline) {
        CacheEntry entry = endedForGood(given);
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        long beganAtNanos = System.nanoTime();
        Consumer<@Nullable Throwable> outcome = thrown -> {
            underWay.remove(key, entry);
            if (thrown == null) {
                rest.succeeded();
                done.complete(null);
                return;
            }
            CacheStoreException failure = counted(PUT_ASYNC, thrown, deadline, beganAtNanos);
            lostPut.compareAndSet(null, failure);
            done.completeExceptionally(failure);
        };
        underWay.put(key, entry);
        try {
            if (queue != null) {
                queue.put(key, entry, outcome);
            } else {
                CompletionStage<?> unused =
                        store.putAsync(key, entry, deadline).whenComplete((nothing, thrown) -> outcome.accept(thrown));
            }
        } catch (RuntimeException e) {
            if (closed) {
                underWay.remove(key, entry);
                throw Failures.closed();
            }
            outcome.accept(e);
        }
        return done;
    }

    /**
     * Returns what erases as surely as {@code entry}, if that has ended. The clock may step back while it is on its
     * way, where it would come to life.
     */
    private CacheEntry endedForGood(CacheEntry entry) {
        if (servable(entry) != null) {
            return entry;
        }
        return CacheEntry.newBuilder()
                .storedAt(entry.storedAt())
                .deleteAt(Instant.MIN)
                .build();
    }

    boolean remove(CacheKey key, Deadline deadline) {
        boolean removed = demand("remove", deadline, () -> {
            if (queue != null && underWay.containsKey(key)) {
                queue.drain(deadline);
            }
            return store.remove(key, deadline);
        });
        underWay.remove(key);
        return removed;
    }

    long removeTagged(String tag, Deadline deadline) {
        long removed = demand("removeTagged", deadline, () -> {
            drainQueue(deadline);
            return store.removeTagged(tag, deadline);
        });
        underWay.values().removeIf(entry -> entry.tags().contains(tag));
        return removed;
    }

    void clear(Deadline deadline) {
        demand("clear", deadline, () -> {
            drainQueue(deadline);
            store.clear(deadline);
            return true;
        });
        underWay.clear();
    }

    void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        demand("scan", deadline, () -> {
            underWay.forEach((key, entry) -> {
                if (servable(entry) != null) {
                    visitor.accept(key, entry);
                }
            });
            store.scan(visitor, deadline);
            return true;
        });
    }

    /** Flushes, and throws also if a put did not get to far since the last time. */
    void flush(Deadline deadline) {
        demand("flush", deadline, () -> {
            drainQueue(deadline);
            store.flush(deadline);
            return true;
        });
        throwLostPut();
    }

    private void throwLostPut() {
        CacheStoreException lost = lostPut.getAndSet(null);
        if (lost != null) {
            stats.recordFailure();
            throw new CacheStoreException(
                    lost.kind(), "a put that was accepted did not reach the far tier: " + lost.getMessage(), lost);
        }
    }

    private void drainQueue(Deadline deadline) {
        if (queue != null) {
            queue.drain(deadline);
        }
    }

    CacheStore store() {
        return store;
    }

    /** Makes all further failures look like what they are: calls on a closed store. */
    void refuseCalls() {
        closed = true;
    }

    /** Finishes the puts behind and closes the store; throws also if a put did not get to far since the last flush. */
    void close() {
        FirstFailure failure = new FirstFailure();
        failure.of(() -> {
            try (store) {
                if (queue != null) {
                    queue.close();
                }
            }
        });
        // Asked last: a store that takes puts asynchronously may fail at them as late as in its own close.
        failure.of(this::throwLostPut);
        failure.throwIfAny();
    }

    /** Makes a call whose failure is the caller's business. */
    private <T> T demand(String operation, Deadline deadline, Supplier<T> call) {
        long beganAtNanos = System.nanoTime();
        T result;
        try {
            result = call.get();
        } catch (VisitorException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(operation, e, deadline, beganAtNanos);
        }
        rest.succeeded();
        return result;
    }

    private CacheStoreException failed(
            String operation, RuntimeException failure, Deadline deadline, long beganAtNanos) {
        refuseClosed();
        return counted(operation, failure, deadline, beganAtNanos);
    }

    private void refuseClosed() {
        if (closed) {
            throw Failures.closed();
        }
    }

    private CacheStoreException counted(String operation, Throwable thrown, Deadline deadline, long beganAtNanos) {
        CacheStoreException failure = Failures.ofStorage("far", operation, thrown);
        stats.recordFailure();
        // A store without room, on the disk or in its queue, still answers reads.
        boolean blamed = failure.kind() != Kind.FULL
                && !(failure.kind() == Kind.BUSY && operation.equals(PUT_ASYNC))
                && !(failure instanceof NotAskedException);
        boolean begins = blamed
                && (failure.kind() == Kind.TIMEOUT && deadline.isExpired()
                        ? rest.failedAfter(System.nanoTime() - beganAtNanos)
                        : rest.failed());
        if (begins) {
            LOG.log(Level.WARNING, "the far tier keeps failing and is left alone for a while", failure);
        }
        return failure;
    }
}
