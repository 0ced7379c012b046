package dev.larder.transport;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes recorded answers to the store while callers go on, and lands their flights afterwards.
 *
 * <p>A store that accepts puts without waiting gets each one at once, on the thread that recorded it, so that an answer
 * is in the store's hands before its caller has it. Any other store is written by one thread, everything that waits in
 * one {@code putAll}. What waits is bounded by {@value #MAX_PENDING_BYTES} bytes; beyond it answers are not kept.
 */
final class StoreWriter {
    private static final long MAX_PENDING_BYTES = 64L << 20;
    private static final int OVERHEAD_BYTES = 1024;
    private static final int MAX_BATCH = 256;
    // Nobody waits for a write, so it gets more than a lookup: enough for a checkpoint, not enough for a dead store.
    private static final int PATIENCE_IN_BUDGETS = 40;
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(10);

    private final CacheStore store;
    private final StoreGuard guard;
    private final Flights flights;
    private final Events events;
    private final Executor executor;
    private final ThreadPoolExecutor thread;
    private final LinkedBlockingQueue<Write> queue = new LinkedBlockingQueue<>();
    private final AtomicLong pendingBytes = new AtomicLong();
    private final Duration patience;
    private final Object idle = new Object();

    // Guarded by idle: writes accepted and not ended.
    private long pending;

    StoreWriter(
            CacheStore store,
            StoreGuard guard,
            Flights flights,
            Events events,
            Executor executor,
            Duration cacheBudget) {
        Duration wanted = cacheBudget.multipliedBy(PATIENCE_IN_BUDGETS);
        patience = wanted.compareTo(MOST_PATIENCE) < 0 ? wanted : MOST_PATIENCE;
        this.store = store;
        this.guard = guard;
        this.flights = flights;
        this.events = events;
        this.executor = executor;
        thread = new ThreadPoolExecutor(
                1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Threads.daemons("larder-recorder"));
        thread.allowCoreThreadTimeOut(true);
    }

    /** @param bytes what it keeps in memory, the request for the listener included */
    private record Write(CacheKey key, CacheEntry entry, Flight flight, HttpRequest request, long bytes) {}

    /** Keeps the answer to {@code request}, sooner or later, and then lands {@code flight}. */
    void write(StoredResponse response, Flight flight, HttpRequest request) {
        CacheEntry entry = response.toEntry();
        long bytes = OVERHEAD_BYTES
                + entry.data().length
                + entry.metadata().length
                + Math.max(0, RequestBody.length(request));
        Write write = new Write(response.key(), entry, flight, request, bytes);
        if (pendingBytes.addAndGet(write.bytes()) > MAX_PENDING_BYTES) {
            pendingBytes.addAndGet(-write.bytes());
            flights.land(write.key, flight);
            events.emit(CacheEvent.Type.NOT_STORED, request, write.key, "the store is too far behind");
            return;
        }
        synchronized (idle) {
            pending++;
        }
        if (guard.acceptsPuts()) {
            handOver(write);
        } else {
            queue.add(write);
            thread.execute(this::drain);
        }
    }

    private void handOver(Write write) {
        try {
            CompletionStage<?> stage = guard.putAsync(write.key, write.entry, Deadline.after(patience));
            if (stage instanceof CompletableFuture<?> future && future.isDone()) {
                end(write, failureOf(future));
                return;
            }
            // A future of our own, because a store's may never complete.
            CompletableFuture<@Nullable Void> kept = new CompletableFuture<>();
            var unused = stage.whenComplete((done, failure) -> complete(kept, failure));
            var unusedToo = kept.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
                    .whenComplete((done, failure) -> endOnStoreThread(write, failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(write, e);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            end(write, e);
        }
    }

    private static @Nullable Throwable failureOf(CompletableFuture<?> done) {
        if (!done.isCompletedExceptionally()) {
            return null;
        }
        try {
            done.join();
            return null;
        } catch (CompletionException | CancellationException e) {
            return e;
        }
    }

    private static void complete(CompletableFuture<@Nullable Void> future, @Nullable Throwable failure) {
        if (failure == null) {
            future.complete(null);
        } else {
            future.completeExceptionally(failure);
        }
    }

    private void endOnStoreThread(Write write, @Nullable Throwable failure) {
        flights.land(write.key, write.flight);
        if (!events.areHeard()) {
            end(write, failure);
            return;
        }
        // The listener is the user's, the thread is the store's.
        try {
            executor.execute(() -> end(write, failure));
        } catch (RejectedExecutionException e) {
            end(write, failure);
        }
    }

    private void drain() {
        List<Write> batch = new ArrayList<>();
        queue.drainTo(batch, MAX_BATCH);
        if (batch.isEmpty()) {
            return;
        }
        Deadline deadline = Deadline.after(patience);
        Map<CacheKey, CacheEntry> entries = new HashMap<>();
        batch.forEach(write -> entries.put(write.key, write.entry));
        Throwable failure = null;
        try {
            store.putAll(entries, deadline);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            failure = e;
        }
        if (failure != null && batch.size() > 1) {
            putOneByOne(batch, deadline);
        } else {
            for (Write write : batch) {
                end(write, failure);
            }
        }
    }

    /** So that an entry which the store cannot take costs none of its neighbours. */
    private void putOneByOne(List<Write> batch, Deadline deadline) {
        for (Write write : batch) {
            Throwable failure = null;
            try {
                store.put(write.key, write.entry, deadline);
            } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
                failure = e;
            }
            end(write, failure);
        }
    }

    private void end(Write write, @Nullable Throwable failure) {
        flights.land(write.key, write.flight);
        pendingBytes.addAndGet(-write.bytes());
        if (failure == null) {
            events.emit(CacheEvent.Type.STORED, write.request, write.key, "the store has it");
        } else {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            events.emit(CacheEvent.Type.STORE_FAILED, write.request, write.key, "the store failed to keep it", cause);
        }
        synchronized (idle) {
            pending--;
            idle.notifyAll();
        }
    }

    /** Waits until everything accepted is stored or lost. */
    void awaitIdle(Deadline deadline) throws InterruptedException {
        synchronized (idle) {
            while (pending > 0 && !deadline.isExpired()) {
                TimeUnit.NANOSECONDS.timedWait(idle, Math.max(1_000_000, deadline.remainingNanos()));
            }
        }
    }
}
