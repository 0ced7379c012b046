package dev.larder.cache.sqlite;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writer, first come first served, bounded by the bytes that it keeps in memory. An operation gives
 * its place back when it is done or abandoned. One that is larger than the bound is let in alone.
 */
final class WriteQueue {
    /** How long what nobody waits for is left to gather, and how many rows are enough. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int ENOUGH_ROWS = 512;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition hasWork = lock.newCondition();
    private final Condition hasRoom = lock.newCondition();
    private final long capacity;

    // All guarded by lock.
    private final Deque<WriteOp> waiting = new ArrayDeque<>();
    private final Deque<WriteOp> outside = new ArrayDeque<>();
    private long bytes;
    private boolean closed;
    private int gatheredRows;
    private boolean urgent;
    // Written under lock, and read without it by who can do with an old value.
    private volatile boolean mayHaveWork;

    WriteQueue(long capacity) {
        this.capacity = capacity;
    }

    /**
     * Queues the operation if there is room now.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    boolean offer(WriteOp op) {
        lock.lock();
        try {
            if (!hasRoomFor(op)) {
                return false;
            }
            add(op);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Queues the operation as soon as there is room.
     *
     * @throws CacheStoreException TIMEOUT if there was none by the deadline; BUSY if the thread was interrupted
     * @throws IllegalStateException after {@link #close()}
     */
    void put(WriteOp op, Deadline deadline) {
        lock.lock();
        try {
            if (!hasRoomFor(op)) {
                awaitRoom(op, deadline);
            }
            add(op);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheStoreException(Kind.BUSY, op.name() + " was interrupted, waiting for room in the queue", e);
        } finally {
            lock.unlock();
        }
    }

    private void awaitRoom(WriteOp op, Deadline deadline) throws InterruptedException {
        outside.addLast(op);
        urgent = true;
        hasWork.signal();
        try {
            while (outside.peekFirst() != op || !hasSpaceFor(op)) {
                long nanos = deadline.remainingNanos();
                if (nanos <= 0) {
                    throw new CacheStoreException(
                            Kind.TIMEOUT,
                            op.name() + " ran past its deadline, waiting for room among " + bytes
                                    + " queued bytes: raise queueBytes, or put less at once");
                }
                hasRoom.awaitNanos(nanos);
                checkOpen();
            }
        } finally {
            outside.remove(op);
            // There may be room for the next one too.
            hasRoom.signalAll();
        }
    }

    /** Returns whether a newcomer may enter: not where it would pass whoever waits outside, or these might forever. */
    private boolean hasRoomFor(WriteOp op) {
        checkOpen();
        return outside.isEmpty() && hasSpaceFor(op);
    }

    private boolean hasSpaceFor(WriteOp op) {
        return bytes == 0 || bytes + op.bytes() <= capacity;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    private void add(WriteOp op) {
        op.queued();
        boolean first = waiting.isEmpty();
        waiting.addLast(op);
        mayHaveWork = true;
        bytes += op.bytes();
        gatheredRows += op.rows();
        boolean nowUrgent = op.isAwaited() || gatheredRows >= ENOUGH_ROWS || bytes > capacity / 4;
        if (first || (nowUrgent && !urgent)) {
            hasWork.signal();
        }
        urgent |= nowUrgent;
    }

    /** Gives up an operation for its caller, unless the writer has it already. */
    void abandon(WriteOp op) {
        if (op.abandon()) {
            // It stays in line until the writer passes it: finding it there would cost more than it occupies.
            release(List.of(op));
        }
    }

    /** Gives back the places of operations that are done. */
    void release(List<WriteOp> ops) {
        lock.lock();
        try {
            for (WriteOp op : ops) {
                bytes -= op.bytes();
            }
            hasRoom.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether something was queued since the last group was taken. */
    boolean mayHaveWork() {
        return mayHaveWork;
    }

    /**
     * Waits until there is something to do and, unless somebody waits for it, a moment longer.
     *
     * @return false if there was nothing for so long, or this was closed
     */
    boolean awaitWork(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (waiting.isEmpty() && !closed && left > 0) {
                left = hasWork.awaitNanos(left);
            }
            long toGather = GATHER_NANOS;
            while (!waiting.isEmpty() && !urgent && !closed && toGather > 0) {
                toGather = hasWork.awaitNanos(toGather);
            }
            return !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Drops what was abandoned or has expired, and returns whether anything is left. */
    boolean dropExpired() {
        List<WriteOp> expired = new ArrayList<>();
        boolean left;
        lock.lock();
        try {
            Iterator<WriteOp> ops = waiting.iterator();
            while (ops.hasNext()) {
                WriteOp op = ops.next();
                if (!op.isQueued()) {
                    ops.remove();
                } else if (op.deadline().isExpired()) {
                    ops.remove();
                    expired.add(op);
                }
            }
            left = !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
        expired.forEach(this::expire);
        return left;
    }

    /** Takes the operations of the next group, at least one if one is left. */
    List<WriteOp> take(int maxRows, long maxBytes) {
        List<WriteOp> group = new ArrayList<>();
        List<WriteOp> expired = new ArrayList<>();
        lock.lock();
        try {
            int rows = 0;
            long size = 0;
            while (true) {
                WriteOp op = waiting.peekFirst();
                if (op == null || (!group.isEmpty() && (rows + op.rows() > maxRows || size + op.bytes() > maxBytes))) {
                    break;
                }
                waiting.removeFirst();
                if (op.deadline().isExpired()) {
                    expired.add(op);
                } else if (op.take()) {
                    group.add(op);
                    rows += op.rows();
                    size += op.bytes();
                }
            }
            mayHaveWork = !waiting.isEmpty();
            urgent = mayHaveWork;
            gatheredRows = 0;
        } finally {
            lock.unlock();
        }
        expired.forEach(this::expire);
        return group;
    }

    private void expire(WriteOp op) {
        if (op.take()) {
            release(List.of(op));
            op.fail(new CacheStoreException(
                    Kind.TIMEOUT, op.name() + " ran past its deadline before the file could be written"));
        }
    }

    /** Puts operations that want a further transaction back to where they were. */
    void putBack(List<WriteOp> ops) {
        if (ops.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            for (int i = ops.size() - 1; i >= 0; i--) {
                waiting.addFirst(ops.get(i));
            }
            urgent = true;
        } finally {
            lock.unlock();
        }
    }

    /** Puts operations back to where they were, behind {@code first}, which is in the queue already. */
    void putBackBehind(WriteOp first, List<WriteOp> ops) {
        lock.lock();
        try {
            boolean isThere = waiting.remove(first);
            putBack(ops);
            if (isThere) {
                waiting.addFirst(first);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing in any more. What waits for room fails, what has its place is still for the writer. */
    void close() {
        lock.lock();
        try {
            closed = true;
            hasRoom.signalAll();
            hasWork.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
