package dev.larder.cache.sqlite;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * The only one who writes: one thread, one connection, and the queue in front of them.
 *
 * <p>Everything that waits when the writer gets the lock of the file becomes one transaction. Nobody is made to wait so
 * that a group grows: while one is being committed, the next gathers by itself. Only where nobody waits for anything
 * that is queued, a few milliseconds are given to more of it: a put in a group of 64 takes half the processor time of
 * one in a group of 2 (17 and 30 microseconds), which the program that puts has for itself.
 *
 * <p>The lock is waited for while anybody still wants what is queued. Operations are taken from the queue only after
 * it was got, so what a caller gave up before is not executed. When a group fails for any other reason, each of its
 * operations is tried alone, so that a bad one harms no other.
 *
 * <p>What the file itself needs on a bad day is the affair of {@link OpenFile}.
 */
final class SqliteWriter {
    private static final Logger LOGGER = System.getLogger(SqliteWriter.class.getName());

    private static final int GROUP_ROWS = 1024;
    /** A group brings at most so many rows; twice as many go, so the overshoot shrinks under any load. */
    private static final int SLICES_AFTER_GROUP = 2 * GROUP_ROWS / Eviction.SLICE;

    /** Notes of recency in one transaction, and how many of those in a round of upkeep beside a bound that is near. */
    private static final int NOTES_AT_ONCE = 256;

    private static final int SLICES_OF_NOTES = 16;
    /** How long one side of a lone call keeps its processor for the other's answer, which takes about half of that. */
    private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(150);

    private static final long UPKEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Settings settings;
    private final OpenFile file;
    private final WriteQueue queue;
    private final Recency recency;
    private final Eviction eviction;
    private final Checkpointer checkpointer;
    private final long groupBytes;
    private final StatsCounter stats;
    private final Thread thread;

    /** How many callers are waiting for a commit. */
    private final AtomicInteger callers = new AtomicInteger();

    private volatile Totals totals;
    // Set before the queue is closed; from then on the end of patience with whoever holds the lock of the file.
    private volatile Deadline patience = Deadline.never();
    // The writer's own.
    private long upkeepDueAtNanos = System.nanoTime() + UPKEEP_NANOS;
    private long roomMadeAtNanos = System.nanoTime() - UPKEEP_NANOS;
    private String lastComplaint = "";

    /** Takes over the file. */
    SqliteWriter(Settings settings, OpenFile file, Recency recency, StatsCounter stats) throws SQLException {
        this.settings = settings;
        this.file = file;
        queue = new WriteQueue(settings.queueBytes());
        this.recency = recency;
        this.stats = stats;
        eviction = new Eviction(settings, recency);
        checkpointer = new Checkpointer(settings, file);
        groupBytes = settings.groupBytes();
        totals = file.session().totals(true);
        thread = new Thread(this::run, "larder-sqlite-writer " + settings.file().getFileName());
        thread.setDaemon(true);
    }

    void start() {
        checkpointer.start();
        thread.start();
    }

    /** Returns what the file held after the last group. */
    Totals totals() {
        return totals;
    }

    /**
     * Queues the operation as soon as there is room, and waits for its commit.
     *
     * @return how many entries it concerned
     * @throws CacheStoreException TIMEOUT past the deadline: then it is not executed, unless it was under way; BUSY if
     *     the thread was interrupted, likewise; or why it failed
     * @throws IllegalStateException after {@link #close}
     */
    long execute(WriteOp op, Deadline deadline) {
        boolean alone = callers.incrementAndGet() == 1;
        op.setAwaited();
        try {
            queue.put(op, deadline);
            if (alone) {
                spin(() -> op.done().isDone());
            }
            return await(op, deadline);
        } finally {
            callers.decrementAndGet();
        }
    }

    private long await(WriteOp op, Deadline deadline) {
        try {
            return op.done().get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            queue.abandon(op);
            throw new CacheStoreException(
                    Kind.TIMEOUT, op.name() + " ran past its deadline, waiting to be written to " + settings.file(), e);
        } catch (InterruptedException e) {
            queue.abandon(op);
            Thread.currentThread().interrupt();
            throw new CacheStoreException(
                    Kind.BUSY, op.name() + " was interrupted, waiting to be written to " + settings.file(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CacheStoreException failure) {
                // A new one, so that the trace shows who asked; the writer's is kept as the cause.
                throw new CacheStoreException(failure.kind(), String.valueOf(failure.getMessage()), failure);
            }
            throw new AssertionError("an operation fails in no other way", e);
        }
    }

    /**
     * Waits a moment without being put to sleep. To be woken costs some 15 microseconds on either side, which is half
     * a commit; among several callers it is paid while another's commit is under way, and nobody waits like this.
     */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on the yield but speed.
    private static void spin(BooleanSupplier done) {
        long end = System.nanoTime() + SPIN_NANOS;
        while (!done.getAsBoolean() && System.nanoTime() - end < 0) {
            Thread.yield();
        }
    }

    /** Queues the operation as soon as there is room; its stage tells the rest. */
    void submit(WriteOp op, Deadline deadline) {
        queue.put(op, deadline);
    }

    /** Queues the operation if there is room now. */
    boolean offer(WriteOp op) {
        return queue.offer(op);
    }

    /** Has the file looked into before the next write: a reader met damage. */
    void doubt() {
        file.doubt();
    }

    /** Finishes what is queued, closes the session and ends the thread. The queue lets nothing in any more. */
    void close() {
        patience = Deadline.after(settings.operationTimeout());
        queue.close();
        Threads.join(thread);
    }

    private void run() {
        boolean alone = false;
        while (true) {
            try {
                if (alone) {
                    spin(queue::mayHaveWork);
                }
                boolean hasWork = queue.awaitWork(UPKEEP_NANOS);
                alone = callers.get() == 1;
                if (hasWork) {
                    commitGroup();
                    evictRest(SLICES_AFTER_GROUP);
                    attempt("a checkpoint", () -> checkpointer.keepUp(file.session()));
                } else if (queue.isClosed()) {
                    break;
                }
                if (System.nanoTime() - upkeepDueAtNanos >= 0) {
                    upkeepDueAtNanos = System.nanoTime() + UPKEEP_NANOS;
                    attempt("a look at the file", this::look);
                    attempt("upkeep", this::keepUp);
                }
            } catch (InterruptedException e) {
                LOGGER.log(Level.DEBUG, "the writer of a sqlite store is ended by close only", e);
            } catch (RuntimeException | Error e) {
                file.recover(e);
                LOGGER.log(Level.ERROR, "sqlite store " + settings.file() + ": the writer failed and goes on", e);
            }
        }
        checkpointer.close();
        attempt("a last look at the file", this::look);
        attempt("writing recency", () -> writeRecency(Integer.MAX_VALUE));
        attempt("the last checkpoint", () -> checkpointer.settle(file.session()));
        attempt("closing", file::end);
    }

    private void commitGroup() {
        try {
            if (!awaitRoomInWal() || !begin(file::begin, this::isAnythingWanted)) {
                return;
            }
        } catch (SQLException e) {
            file.recover(e);
            failAll(queue.take(GROUP_ROWS, groupBytes), SqliteErrors.translate(settings.file(), "a write", e));
            return;
        } catch (CacheStoreException e) {
            failAll(queue.take(GROUP_ROWS, groupBytes), e);
            return;
        }
        List<WriteOp> group = queue.take(GROUP_ROWS, groupBytes);
        try {
            file.stay();
            commit(group);
        } catch (SQLException | RuntimeException | Error e) {
            file.recover(e);
            commitOneByOne(group, e);
        }
    }

    private void commitOneByOne(List<WriteOp> group, Throwable groupFailure) {
        for (int i = 0; i < group.size(); i++) {
            WriteOp op = group.get(i);
            commitAlone(op, groupFailure);
            if (op.isQueued()) {
                // It waits for its next part, which the others must not overtake here either.
                List<WriteOp> rest = group.subList(i + 1, group.size());
                rest.forEach(WriteOp::requeue);
                queue.putBackBehind(op, rest);
                return;
            }
        }
    }

    private void commitAlone(WriteOp op, Throwable groupFailure) {
        Throwable failure = groupFailure;
        while (true) {
            try {
                if (op.deadline().isExpired()
                        || !begin(file::beginAndStay, () -> !op.deadline().isExpired() && !patience.isExpired())) {
                    throw new CacheStoreException(
                            Kind.TIMEOUT,
                            op.name() + " ran past its deadline, waiting to be written to " + settings.file(),
                            failure);
                }
            } catch (SQLException e) {
                LOGGER.log(Level.DEBUG, "no transaction could begin after another had failed", e);
                // That the connection is gone is only a consequence of what went wrong first.
                failAll(List.of(op), failure(op, failure));
                return;
            } catch (CacheStoreException e) {
                failAll(List.of(op), e);
                return;
            }
            try {
                commit(List.of(op));
                return;
            } catch (SQLException | RuntimeException | Error e) {
                if (!file.recover(e) && !hasMadeRoom(e)) {
                    failAll(List.of(op), failure(op, e));
                    return;
                }
                failure = e;
            }
        }
    }

    /**
     * Empties the log if there was no room, which it has then, and its part of the disk. Once in a while: where the
     * disk is full of other things, each put would try it.
     */
    private boolean hasMadeRoom(Throwable failure) {
        if (!(failure instanceof SQLException e)
                || !SqliteErrors.isFull(e)
                || System.nanoTime() - roomMadeAtNanos < UPKEEP_NANOS) {
            return false;
        }
        roomMadeAtNanos = System.nanoTime();
        try {
            return checkpointer.empty(file.session());
        } catch (SQLException | CacheStoreException inVain) {
            LOGGER.log(Level.DEBUG, "sqlite store " + settings.file() + ": its log cannot be emptied", inVain);
            return false;
        }
    }

    private CacheStoreException failure(WriteOp op, Throwable e) {
        if (e instanceof SQLException failure) {
            return SqliteErrors.translate(settings.file(), op.name(), failure);
        }
        if (e instanceof CacheStoreException failure) {
            return failure;
        }
        String message = "sqlite store " + settings.file() + ": " + op.name() + " failed: " + e;
        return new CacheStoreException(Kind.UNAVAILABLE, message, e);
    }

    /** Does the work of a group inside the transaction that has begun, commits it, and tells who waits. */
    private void commit(List<WriteOp> group) throws SQLException {
        WriteSession session = file.session();
        boolean barrier = false;
        long rows = 0;
        long bytes = 0;
        int run = 0;
        boolean whole = true;
        // What comes after an operation that wants a further transaction must not overtake the rest of it.
        while (run < group.size() && whole) {
            WriteOp op = group.get(run++);
            op.run(session, groupBytes - bytes);
            whole = !op.isUnfinished();
            barrier |= op.isBarrier();
            rows += op.rows();
            bytes += op.bytes();
        }
        eviction.wrote(rows, bytes);
        checkpointer.wrote(rows, bytes);
        Eviction.Slice slice = eviction.evict(session);
        Totals committed = eviction.totals(session);
        file.commit();
        totals = committed;
        stats.recordEvictions(slice.evicted());
        if (barrier) {
            evictRest(Integer.MAX_VALUE);
            attempt("a checkpoint", () -> checkpointer.settle(file.session()));
        }
        if (queue.isClosed()) {
            patience = Deadline.after(settings.operationTimeout());
        }
        List<WriteOp> rest = group.subList(run, group.size());
        rest.forEach(WriteOp::requeue);
        queue.putBack(rest);
        finish(group.subList(0, run));
    }

    private void finish(List<WriteOp> group) {
        List<WriteOp> done = new ArrayList<>(group.size());
        List<WriteOp> unfinished = new ArrayList<>();
        for (WriteOp op : group) {
            (op.advance() ? unfinished : done).add(op);
        }
        queue.putBack(unfinished);
        queue.release(done);
        done.forEach(WriteOp::complete);
    }

    /** Begins a transaction, waiting for the lock of the file as long as {@code wanted}. */
    private boolean begin(Work begin, BooleanSupplier wanted) throws SQLException {
        Backoff backoff = new Backoff();
        while (true) {
            try {
                begin.run();
                return true;
            } catch (SQLException e) {
                if (!SqliteErrors.isBusy(e)) {
                    if (!file.recover(e)) {
                        throw e;
                    }
                } else if (!wanted.getAsBoolean()) {
                    return false;
                } else if (!SqliteErrors.isStaleSnapshot(e)) {
                    backoff.pause(Long.MAX_VALUE);
                }
            }
        }
    }

    /** Waits until the WAL has room, as long as anything is wanted; returns false if nothing is any more. */
    private boolean awaitRoomInWal() throws SQLException {
        Backoff backoff = new Backoff();
        while (checkpointer.isStuck(file.session())) {
            if (!isAnythingWanted()) {
                return false;
            }
            backoff.pause(Long.MAX_VALUE);
        }
        return true;
    }

    private boolean isAnythingWanted() {
        if (!queue.dropExpired()) {
            return false;
        }
        if (patience.isExpired()) {
            failAll(
                    queue.take(Integer.MAX_VALUE, Long.MAX_VALUE),
                    new CacheStoreException(
                            Kind.BUSY,
                            "sqlite store " + settings.file()
                                    + " was closed while another connection held the lock of the file"));
            return false;
        }
        return true;
    }

    private void failAll(List<WriteOp> ops, CacheStoreException failure) {
        queue.release(ops);
        ops.forEach(op -> op.fail(failure));
    }

    private void look() throws SQLException {
        file.look();
        totals = file.session().totals(true);
    }

    /** Goes on, at most so many slices, where the slice of the group's own transaction was not enough. */
    private void evictRest(int slices) {
        attempt("eviction", () -> {
            // Readers may note uses as fast as they are written: once everybody had a turn, that is enough.
            long futile = 0;
            for (int i = 0; i < slices && eviction.isOver(totals); i++) {
                long entries = totals.entries();
                Eviction.Slice slice = inTransaction(session -> {});
                futile = totals.entries() < entries ? 0 : futile + 1;
                if (slice.handled() == 0 || futile > entries / Eviction.SLICE + 1) {
                    return;
                }
            }
        });
    }

    private void keepUp() throws SQLException {
        writeRecency(eviction.isNear(totals) ? SLICES_OF_NOTES : 1);
        while (eviction.anyExpired(file.session())) {
            inTransaction(eviction::eraseExpired);
            if (!queue.isEmpty()) {
                break;
            }
        }
        evictRest(SLICES_AFTER_GROUP);
        Upkeep.run(file.session(), queue::isEmpty);
        if (queue.isEmpty()) {
            checkpointer.idle(file.session());
        }
    }

    /** Writes what is noted, the rest another time; a commit costs readers what they have in memory of the file. */
    private void writeRecency(int slices) throws SQLException {
        for (int i = 0; i < slices && recency.hasUnwritten(); i++) {
            inTransaction(session -> recency.write(NOTES_AT_ONCE, session::touch));
        }
    }

    private Eviction.Slice inTransaction(SessionWork work) throws SQLException {
        file.beginAndStay();
        WriteSession session = file.session();
        work.run(session);
        checkpointer.wrote(Eviction.SLICE, 0);
        Eviction.Slice slice = eviction.evict(session);
        Totals committed = eviction.totals(session);
        file.commit();
        totals = committed;
        stats.recordEvictions(slice.evicted());
        return slice;
    }

    /** Does what nobody waits for; if it does not succeed now, a later round will. */
    private void attempt(String what, Work work) {
        try {
            work.run();
        } catch (SQLException e) {
            file.recover(e);
            complain(what, e, SqliteErrors.isBusy(e));
        } catch (CacheStoreException e) {
            complain(what, e, e.kind() == Kind.BUSY || e.kind() == Kind.TIMEOUT);
        }
    }

    /** Warns, though not every second of the same. */
    private void complain(String what, Exception e, boolean passing) {
        String complaint = String.valueOf(e.getMessage());
        boolean known = passing || complaint.equals(lastComplaint);
        lastComplaint = passing ? lastComplaint : complaint;
        LOGGER.log(
                known ? Level.DEBUG : Level.WARNING,
                "sqlite store " + settings.file() + ": " + what + " was put off",
                e);
    }

    private interface Work {
        void run() throws SQLException;
    }

    private interface SessionWork {
        void run(WriteSession session) throws SQLException;
    }
}
