package dev.larder.transport;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreCapability;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Stands between calls and a store that may throw, dawdle or return garbage: whatever it does is a miss within the
 * budget.
 *
 * <p>A caller's own thread cannot be saved from a store that does not return. So a store is asked on threads of ours,
 * with a timed wait, until it has answered in time {@value #PROBATION} times in a row, and directly from then on, which
 * saves two thread switches a call. The first answer that is late, or that does not come, puts it on probation again,
 * so that a stall costs those who were asking at that moment and nobody after them. What a store claims in its
 * capabilities does not spare it the probation.
 */
final class StoreGuard {
    private static final int PROBATION = 256;
    private static final int THREADS = 32;
    private static final int SLOTS = 64;
    // Each slot in a cache line pair of its own, or callers would slow each other down for nothing.
    private static final int SLOT_STRIDE = 16;
    // The store's own deadline comes before ours, so that one which honours it can still say what was the matter.
    private static final double STORE_SHARE = 0.8;

    private final CacheStore store;
    private final OnTheWay onTheWay;
    private final Events events;
    private final long budgetNanos;
    private final ThreadPoolExecutor isolation;
    private final Set<StoreCapability> capabilities;
    private final AtomicInteger timely = new AtomicInteger();
    // When direct calls under way began, by thread; 0 without one. Two threads may share a slot and overwrite each
    // other: this has to notice a stall soon, not to count calls.
    private final AtomicLongArray began = new AtomicLongArray(SLOTS * SLOT_STRIDE);

    StoreGuard(CacheStore store, OnTheWay onTheWay, Duration budget, Events events) {
        this.store = store;
        this.onTheWay = onTheWay;
        this.events = events;
        this.budgetNanos = budget.toNanos();
        isolation = new ThreadPoolExecutor(
                THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Threads.daemons("larder-store"));
        isolation.allowCoreThreadTimeOut(true);
        capabilities = capabilitiesOf(store);
    }

    private Set<StoreCapability> capabilitiesOf(CacheStore store) {
        try {
            return Set.copyOf(isolated(store::capabilities, budgetNanos));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Set.of();
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            return Set.of();
        }
    }

    /** Returns whether {@link #get} can be called where nothing may wait. */
    boolean isImmediate() {
        return capabilities.contains(StoreCapability.IMMEDIATE) && isTrusted();
    }

    /** Returns whether the store takes a put without waiting until it is done. */
    boolean acceptsPuts() {
        return capabilities.contains(StoreCapability.IMMEDIATE) || capabilities.contains(StoreCapability.ASYNC_PUTS);
    }

    /** Hands a put to a store that {@link #acceptsPuts()}, within the budget. */
    CompletionStage<?> putAsync(CacheKey key, CacheEntry entry, Deadline deadline) throws Exception {
        Callable<CompletionStage<?>> put = () -> store.putAsync(key, entry, deadline);
        return isTrusted() ? direct(put) : isolated(put, budgetNanos);
    }

    /** Returns what the store has for the request: nothing also if it fails, which the listener then hears. */
    Kept get(Ask ask) {
        long now = System.nanoTime();
        Deadline deadline = deadline(ask, now);
        Stored stored = get(ask, ask.key(), deadline, now);
        if (stored instanceof StoredResponse response) {
            return new Kept(response, null);
        }
        if (!(stored instanceof VaryIndex index)) {
            return Kept.NOTHING;
        }
        // RFC 9111 §4.1: of several that fit, the most recent one.
        StoredResponse latest = null;
        for (CacheKey key : index.keys(ask.request())) {
            if (get(ask, key, deadline, System.nanoTime()) instanceof StoredResponse response
                    && (latest == null || latest.isOlderThan(response))) {
                latest = response;
            }
        }
        return new Kept(latest, index);
    }

    /** Returns the response that the store has under {@code key}, or null if it has none, or fails. */
    @Nullable
    StoredResponse get(Ask ask, CacheKey key) {
        long now = System.nanoTime();
        return get(ask, key, deadline(ask, now), now) instanceof StoredResponse response ? response : null;
    }

    private Deadline deadline(Ask ask, long now) {
        return Deadline.at(now + (long) (budget(ask) * STORE_SHARE));
    }

    private long budget(Ask ask) {
        // What is left to a caller who has waited for another's call already.
        Optional<Duration> timeout = ask.timeout();
        return timeout.isPresent() ? Math.min(budgetNanos, nanos(timeout.get()) / 2) : budgetNanos;
    }

    /** @param now the clock was just looked at for the deadline: a look takes as long as the lookup itself */
    private @Nullable Stored get(Ask ask, CacheKey key, Deadline deadline, long now) {
        Stored newer = onTheWay.get(key);
        if (newer != null) {
            return newer;
        }
        HttpRequest request = ask.request();
        try {
            CacheEntry entry =
                    isTrusted() ? direct(key, deadline, now) : isolated(() -> store.get(key, deadline), budget(ask));
            if (entry == null) {
                return null;
            }
            Stored stored = StoredCodec.decode(key, entry);
            if (stored == null) {
                events.emit(CacheEvent.Type.STORE_FAILED, request, key, "the store returned what is no response", null);
            }
            return stored;
        } catch (TimeoutException e) {
            events.emit(CacheEvent.Type.STORE_FAILED, request, key, "the store kept us waiting beyond the budget", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            events.emit(CacheEvent.Type.STORE_FAILED, request, key, "the store failed to look up", e);
        }
        return null;
    }

    /** Removes everything under the tags, within the budget; returns whether the store has. */
    boolean removeTagged(HttpRequest request, List<String> tags) {
        Deadline deadline = Deadline.after(Duration.ofNanos((long) (budgetNanos * STORE_SHARE)));
        Callable<Long> removal = () -> {
            long removed = 0;
            tags.forEach(onTheWay::removeTagged);
            for (String tag : tags) {
                removed += store.removeTagged(tag, deadline);
            }
            return removed;
        };
        try {
            return isolated(removal, budgetNanos) >= 0;
        } catch (TimeoutException e) {
            events.emit(CacheEvent.Type.STORE_FAILED, request, null, "the store has not removed what changed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            events.emit(CacheEvent.Type.STORE_FAILED, request, null, "the store failed to remove what changed", e);
        }
        return false;
    }

    private boolean isTrusted() {
        return timely.get() >= PROBATION;
    }

    /** Runs a call of the store on this thread. Only while {@link #isTrusted()}. */
    private <T extends @Nullable Object> T direct(Callable<T> call) throws Exception {
        long start = System.nanoTime() | 1;
        int slot = slot(Thread.currentThread().getId());
        begin(slot, start);
        try {
            return call.call();
        } finally {
            end(slot, start);
        }
    }

    /** Looks up on this thread, and makes no object for it. Only while {@link #isTrusted()}. */
    private @Nullable CacheEntry direct(CacheKey key, Deadline deadline, long now) {
        long start = now | 1;
        int slot = slot(Thread.currentThread().getId());
        begin(slot, start);
        try {
            return store.get(key, deadline);
        } finally {
            end(slot, start);
        }
    }

    private void begin(int slot, long start) {
        began.setOpaque(slot, start);
        distrustIfStalled(start);
    }

    private void end(int slot, long start) {
        began.setOpaque(slot, 0);
        if (System.nanoTime() - start > budgetNanos) {
            timely.set(0);
        }
    }

    private void distrustIfStalled(long now) {
        // One of the slots, by the bits of the clock that differ from call to call: some dozens of calls see them all.
        long start = began.getOpaque(slot(now >>> 4));
        if (start != 0 && now - start > budgetNanos) {
            timely.set(0);
        }
    }

    private static int slot(long number) {
        return ((int) number & (SLOTS - 1)) * SLOT_STRIDE;
    }

    private <T extends @Nullable Object> T isolated(Callable<T> call, long budget) throws Exception {
        Future<T> answer = isolation.submit(call);
        try {
            T value = answer.get(budget, TimeUnit.NANOSECONDS);
            timely.incrementAndGet();
            return value;
        } catch (ExecutionException e) {
            timely.incrementAndGet();
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (TimeoutException | InterruptedException e) {
            if (e instanceof TimeoutException) {
                timely.set(0);
            }
            answer.cancel(true);
            isolation.remove((Runnable) answer);
            throw e;
        }
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
