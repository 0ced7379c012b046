package dev.larder.cache.sqlite;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One write on its way to the writer.
 *
 * <pre>
 * QUEUED ──▶ TAKEN ──▶ DONE      by the writer, once it holds the lock of the file
 *    │  ◀──────┘                 again, if the operation wants a further transaction
 *    └─────▶ ABANDONED           by the caller, whose deadline has come
 * </pre>
 *
 * <p>Both ways out of QUEUED are one compare-and-set, so what a caller has given up is never executed later.
 */
abstract class WriteOp {
    private enum State {
        QUEUED,
        TAKEN,
        DONE,
        ABANDONED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private final String name;
    private final Deadline deadline;
    // Written before the operation is queued.
    private boolean awaited;
    // The writer's own, until done.
    private long slice;
    private long total;

    /** Makes an operation that is dropped unless it is taken by {@code deadline}. */
    WriteOp(String name, Deadline deadline) {
        this.name = name;
        this.deadline = deadline;
    }

    /**
     * Does the work, or the next part of it, inside a transaction that may be rolled back and tried again.
     *
     * @param roomBytes how many bytes the transaction shall still write, more or less
     * @return how many entries it concerned
     */
    abstract long execute(WriteSession session, long roomBytes) throws SQLException;

    /** Returns whether, after what was executed last, there is more to do in a further transaction. */
    boolean hasMore(long slice) {
        return false;
    }

    /** Is called when what was executed last has been committed. */
    void advanced(long slice) {}

    /** Returns whether the store shall be settled, on disk and within its bounds, before the operation is done. */
    boolean isBarrier() {
        return false;
    }

    /** Returns what the operation keeps in memory until it is done. */
    long bytes() {
        return 64;
    }

    /** Returns how many rows it writes, roughly. */
    int rows() {
        return 1;
    }

    /** Is called under the queue's lock when the operation has got its place. */
    void queued() {}

    /** Is called by the writer when the work has been committed, before anybody hears of it. */
    void committed(long total) {}

    /** Is called once when the operation will not be executed: abandoned (null) or failed. */
    void dropped(@Nullable CacheStoreException failure) {}

    final String name() {
        return name;
    }

    /** Says that somebody waits for the operation to be done. */
    final void setAwaited() {
        awaited = true;
    }

    final boolean isAwaited() {
        return awaited;
    }

    final Deadline deadline() {
        return deadline;
    }

    /** Returns the stage of this operation's result. */
    final CompletableFuture<Long> done() {
        return done;
    }

    final boolean isQueued() {
        return state.get() == State.QUEUED;
    }

    final boolean take() {
        return state.compareAndSet(State.QUEUED, State.TAKEN);
    }

    final boolean abandon() {
        if (!state.compareAndSet(State.QUEUED, State.ABANDONED)) {
            return false;
        }
        dropped(null);
        return true;
    }

    final void run(WriteSession session, long roomBytes) throws SQLException {
        slice = execute(session, roomBytes);
    }

    /**
     * Adds what has been committed to the result.
     *
     * @return whether the operation waits in the queue again, for its next part
     */
    final boolean advance() {
        total += slice;
        boolean more = isUnfinished();
        advanced(slice);
        if (more) {
            requeue();
            return true;
        }
        committed(total);
        return false;
    }

    /** Returns whether what was run last is not the last of it. */
    final boolean isUnfinished() {
        return hasMore(slice);
    }

    /** Gives the operation back to the queue, whose caller may give it up again. */
    final void requeue() {
        state.set(State.QUEUED);
    }

    final void complete() {
        state.set(State.DONE);
        done.complete(total);
    }

    final void fail(CacheStoreException failure) {
        state.set(State.DONE);
        dropped(failure);
        done.completeExceptionally(failure);
    }
}
