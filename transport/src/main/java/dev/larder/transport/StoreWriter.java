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
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes recorded answers to the store while callers go on.
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
    private final OnTheWay onTheWay;
    private final Events events;
    private final Executor executor;
    private final ThreadPoolExecutor thread;
    private final LinkedBlockingQueue<Write> queue = new LinkedBlockingQueue<>();
    private final Set<Write> handedOver = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isWatched = new AtomicBoolean();
    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong pendingBytes = new AtomicLong();
    private final Object idle = new Object();
    private final Duration patience;
    // What the store has done and the listeners have not heard yet. Whoever raises the work from zero sees to it.
    private final ConcurrentLinkedQueue<Done> done = new ConcurrentLinkedQueue<>();
    private final AtomicInteger doneWork = new AtomicInteger();

    StoreWriter(
            CacheStore store,
            StoreGuard guard,
            OnTheWay onTheWay,
            Events events,
            Executor executor,
            Duration cacheBudget) {
        Duration wanted = cacheBudget.multipliedBy(PATIENCE_IN_BUDGETS);
        patience = wanted.compareTo(MOST_PATIENCE) < 0 ? wanted : MOST_PATIENCE;
        this.store = store;
        this.guard = guard;
        this.onTheWay = onTheWay;
        this.events = events;
        this.executor = executor;
        thread = new ThreadPoolExecutor(
                1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Threads.daemons("larder-recorder"));
        thread.allowCoreThreadTimeOut(true);
    }

    /** An answer on its way into the store, which ends once. */
    private static final class Write {
        final StoredResponse response;
        final CacheEntry entry;
        final @Nullable Index index;
        final HttpRequest request;
        final long beganAtNanos = System.nanoTime();
        final AtomicBoolean hasLanded = new AtomicBoolean();
        final AtomicBoolean hasEnded = new AtomicBoolean();

        Write(StoredResponse response, @Nullable VaryIndex index, HttpRequest request) {
            this.response = response;
            this.request = request;
            entry = response.toEntry();
            this.index = index == null
                    ? null
                    : new Index(index, index.toEntry(entry.storedAt(), entry.deleteAt(), response.tags()));
        }

        CacheKey key() {
            return response.key();
        }

        /** Returns what it keeps in memory, the request for the listener included. */
        long bytes() {
            return OVERHEAD_BYTES
                    + entry.data().length
                    + entry.metadata().length
                    + Math.max(0, RequestBody.length(request));
        }
    }

    /** What goes before the answer, in both its forms. */
    private record Index(VaryIndex index, CacheEntry entry) {
        CacheKey key() {
            return index.key();
        }
    }

    private record Done(Write write, @Nullable Throwable failure) {}

    /**
     * Keeps the answer to {@code ask}, and ends {@code flight} with it, unless that has ended in another way.
     *
     * @param index goes before the response; null if there is no need
     * @param outdated whether a change has outdated the response: then it is not kept
     * @return false if it is out of date
     */
    boolean write(
            StoredResponse response, @Nullable VaryIndex index, Flight flight, Ask ask, BooleanSupplier outdated) {
        Write write = new Write(response, index, ask.request());
        // First, so that nobody who comes after the flight finds nothing.
        if (!onTheWay.begin(write.key(), response, outdated)) {
            return false;
        }
        if (write.index != null) {
            onTheWay.begin(write.index.key(), write.index.index, () -> false);
        }
        pending.incrementAndGet();
        pendingBytes.addAndGet(write.bytes());
        if (flight.record(response)) {
            accept(write);
        } else if (ended(write)) {
            counted();
        }
        return true;
    }

    private void accept(Write write) {
        if (pendingBytes.get() > MAX_PENDING_BYTES) {
            drop(write, "the store is too far behind");
        } else if (guard.acceptsPuts()) {
            handOver(write);
        } else {
            queue.add(write);
            thread.execute(this::drain);
        }
    }

    /** Gives up what the store was not asked to keep. */
    private void drop(Write write, String reason) {
        if (ended(write)) {
            events.emit(CacheEvent.Type.NOT_STORED, write.request, write.key(), reason);
            counted();
        }
    }

    private void handOver(Write write) {
        if (isOutdated(write)) {
            return;
        }
        try {
            if (write.index != null) {
                // Should it get lost, the next response writes it again.
                var unused = guard.putAsync(write.index.key(), write.index.entry, Deadline.after(patience));
            }
            CompletionStage<?> stage = guard.putAsync(write.key(), write.entry, Deadline.after(patience));
            if (stage instanceof CompletableFuture<?> future && future.isDone()) {
                end(write, failureOf(future));
                return;
            }
            handedOver.add(write);
            watch();
            var unused = stage.whenComplete((nothing, failure) -> endOnStoreThread(write, failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(write, e);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            end(write, e);
        }
    }

    /** The store is done with a write, or was not asked: it answers by itself now, unless others are under way. */
    private void landed(Write write) {
        if (!write.hasLanded.compareAndSet(false, true)) {
            return;
        }
        endTrip(write.key(), write.request);
        if (write.index != null) {
            endTrip(write.index.key(), write.request);
        }
    }

    private void endTrip(CacheKey key, HttpRequest request) {
        Stored should = onTheWay.end(key);
        if (should != null) {
            pending.incrementAndGet();
            thread.execute(() -> settle(key, should, request));
        }
    }

    /** Has the store come to what it should have after writes and removals that overlapped. */
    private void settle(CacheKey key, Stored should, HttpRequest request) {
        try {
            if (should instanceof StoredResponse response) {
                store.put(key, response.toEntry(), Deadline.after(patience));
            } else {
                store.remove(key, Deadline.after(patience));
            }
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            events.emit(CacheEvent.Type.STORE_FAILED, request, key, "the store failed to follow a change", e);
        }
        endTrip(key, request);
        counted();
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

    /**
     * Sees that a store which never completes a put costs memory for a while only. One look at everything now and then,
     * because a timer for each put would cost as much as the rest of its way through here.
     */
    private void watch() {
        if (isWatched.compareAndSet(false, true)) {
            watchAgain();
        }
    }

    private void watchAgain() {
        CompletableFuture.delayedExecutor(patience.toNanos(), TimeUnit.NANOSECONDS, thread)
                .execute(this::giveUpOverdue);
    }

    private void giveUpOverdue() {
        long now = System.nanoTime();
        for (Write write : handedOver) {
            if (now - write.beganAtNanos >= patience.toNanos()) {
                end(write, new TimeoutException("the store has not said for " + patience + " that it has the answer"));
            }
        }
        if (!handedOver.isEmpty()) {
            watchAgain();
            return;
        }
        isWatched.set(false);
        if (!handedOver.isEmpty()) {
            watch();
        }
    }

    private void endOnStoreThread(Write write, @Nullable Throwable failure) {
        landed(write);
        if (!events.areHeard()) {
            end(write, failure);
            return;
        }
        // The listener is the user's, the thread is the store's, which ends a whole group of puts at once.
        done.add(new Done(write, failure));
        if (doneWork.getAndIncrement() == 0) {
            try {
                executor.execute(this::endDone);
            } catch (RejectedExecutionException e) {
                endDone();
            }
        }
    }

    private void endDone() {
        int work = doneWork.get();
        do {
            for (Done next = done.poll(); next != null; next = done.poll()) {
                end(next.write, next.failure);
            }
            work = doneWork.addAndGet(-work);
        } while (work != 0);
    }

    private void drain() {
        List<Write> batch = new ArrayList<>();
        queue.drainTo(batch, MAX_BATCH);
        batch.removeIf(this::isOutdated);
        if (batch.isEmpty()) {
            return;
        }
        Deadline deadline = Deadline.after(patience);
        Map<CacheKey, CacheEntry> entries = new HashMap<>();
        for (Write write : batch) {
            if (write.index != null) {
                entries.put(write.index.key(), write.index.entry);
            }
            entries.put(write.key(), write.entry);
        }
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

    /** Drops what was removed, or replaced, before the store was asked to keep it. */
    private boolean isOutdated(Write write) {
        if (onTheWay.get(write.key()) == write.response) {
            return false;
        }
        drop(write, "out of date before the store had it");
        return true;
    }

    /** So that an entry which the store cannot take costs none of its neighbours. */
    private void putOneByOne(List<Write> batch, Deadline deadline) {
        for (Write write : batch) {
            Throwable failure = null;
            try {
                if (write.index != null) {
                    store.put(write.index.key(), write.index.entry, deadline);
                }
                store.put(write.key(), write.entry, deadline);
            } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
                failure = e;
            }
            end(write, failure);
        }
    }

    private void end(Write write, @Nullable Throwable failure) {
        if (!ended(write)) {
            return;
        }
        if (failure == null) {
            events.emit(CacheEvent.Type.STORED, write.request, write.key(), "the store has it");
        } else {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            events.emit(CacheEvent.Type.STORE_FAILED, write.request, write.key(), "the store failed to keep it", cause);
        }
        counted();
    }

    /** Gives back what the write holds; false if it had ended already. */
    private boolean ended(Write write) {
        if (!write.hasEnded.compareAndSet(false, true)) {
            return false;
        }
        handedOver.remove(write);
        landed(write);
        pendingBytes.addAndGet(-write.bytes());
        return true;
    }

    /** Lets whoever waits for the end of all writes know of one more. */
    private void counted() {
        if (pending.decrementAndGet() == 0) {
            synchronized (idle) {
                idle.notifyAll();
            }
        }
    }

    /** Waits until everything accepted is stored or lost. */
    void awaitIdle(Deadline deadline) throws InterruptedException {
        synchronized (idle) {
            while (pending.get() > 0 && !deadline.isExpired()) {
                TimeUnit.NANOSECONDS.timedWait(idle, Math.max(1_000_000, deadline.remainingNanos()));
            }
        }
    }
}
