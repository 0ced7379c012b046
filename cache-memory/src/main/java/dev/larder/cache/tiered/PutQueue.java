package dev.larder.cache.tiered;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes behind for a store whose puts wait: one thread, which puts in the order of arrival, and a bounded queue before
 * it. A place is taken first, which may take time; putting is then immediate.
 */
final class PutQueue {
    static final int PLACES = 256;

    private final CacheStore store;
    private final Duration budget;
    private final BooleanSupplier permitted;
    private final Semaphore places = new Semaphore(PLACES);
    private final ThreadPoolExecutor executor;

    private final Object lock = new Object();
    // Guarded by lock, which also makes the order of arrivals that of the queue. Done when all before it are.
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /**
     * Makes a queue for {@code store}.
     *
     * @param budget how long each put may take once its turn has come
     * @param permitted asked before each put whether the store may be called
     */
    PutQueue(CacheStore store, Duration budget, BooleanSupplier permitted) {
        this.store = store;
        this.budget = budget;
        this.permitted = permitted;
        this.executor = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "larder-far-writes");
            thread.setDaemon(true);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Takes a place if one is free. */
    boolean tryPlace() {
        return places.tryAcquire();
    }

    /** Takes a place, and returns whether there was one before the deadline, or before the thread was interrupted. */
    boolean awaitPlace(Deadline deadline) {
        try {
            return places.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Puts on a place that was taken, which is given back in any case.
     *
     * @param outcome told once what the put failed with, or null, by the thread of the queue and before the next put
     * @throws RejectedExecutionException after {@link #close()}
     */
    void put(CacheKey key, CacheEntry entry, Consumer<@Nullable Throwable> outcome) {
        CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
        Runnable task = () -> {
            try {
                outcome.accept(tryNow(key, entry));
            } finally {
                places.release();
                over.complete(null);
            }
        };
        synchronized (lock) {
            try {
                executor.execute(task);
            } catch (RejectedExecutionException e) {
                places.release();
                throw e;
            }
            last = over;
        }
    }

    private @Nullable Throwable tryNow(CacheKey key, CacheEntry entry) {
        if (!permitted.getAsBoolean()) {
            return NotAskedException.resting();
        }
        try {
            store.put(key, entry, Deadline.after(budget));
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    /**
     * Waits until every put that was accepted before has succeeded or failed.
     *
     * @throws CacheStoreException TIMEOUT past the deadline or if the thread is interrupted
     */
    void drain(Deadline deadline) {
        CompletableFuture<?> awaited;
        synchronized (lock) {
            awaited = last;
        }
        try {
            awaited.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("a put that is over is over normally", e);
        } catch (TimeoutException e) {
            throw new CacheStoreException(Kind.TIMEOUT, "puts on their way to the far tier outlasted the deadline", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheStoreException(Kind.TIMEOUT, "interrupted while puts were on their way to the far tier", e);
        }
    }

    /**
     * Accepts nothing more, and waits until what was accepted is over.
     *
     * @throws CacheStoreException TIMEOUT if the thread is interrupted; what has not begun then is dropped
     */
    void close() {
        executor.shutdown();
        try {
            drain(Deadline.never());
        } catch (CacheStoreException e) {
            executor.shutdownNow();
            throw e;
        }
    }
}
