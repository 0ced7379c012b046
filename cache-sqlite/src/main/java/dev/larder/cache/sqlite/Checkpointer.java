package dev.larder.cache.sqlite;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the WAL small without making anybody wait.
 *
 * <p>To copy the WAL into the file takes as long as the disk takes: left to commits, as SQLite does it, one put in some
 * thousands waits for tens or hundreds of milliseconds, and all those behind it. So a thread of its own copies, on a
 * connection of its own, while the writer goes on appending. That alone would never end: the WAL starts anew only when
 * all of it was copied. When so few frames are left that this takes no time, the writer copies them itself, waits for
 * the readers that still look at the WAL, whose reads are short, and starts it anew.
 *
 * <pre>
 * frames in the WAL
 * limit      the background begins to copy; few are left: the writer ends it
 * 4 x limit  the background cannot keep up: the writer waits for it, and so do puts
 * 8 x limit  somebody has been reading an old state all the time: writes wait for that to end, until their deadlines
 * </pre>
 */
final class Checkpointer {
    private static final Logger LOGGER = System.getLogger(Checkpointer.class.getName());

    /** So few frames that to copy them is no wait. */
    private static final int FEW = 512;

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Frames that a group appends at most beyond those of its rows: the roots of tables and indexes. */
    private static final int FRAMES_OF_GROUP = 8;
    /** Pages that a row changes beside its data: one in each index. */
    private static final int FRAMES_OF_ROW = 4;

    private final Settings settings;
    private final OpenFile file;
    private final Path wal;
    private final long limit;
    private final Thread thread;

    /** Held while a checkpoint runs, so that no two of this store meet, and none meets a change of the file. */
    private final ReentrantLock running;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by lock.
    private boolean wanted;
    private boolean closed;

    // The writer's own.
    private long unlooked;
    private long retryAtNanos = System.nanoTime();
    private boolean stuck;

    Checkpointer(Settings settings, OpenFile file) {
        this.settings = settings;
        this.file = file;
        running = file.checkpointing();
        wal = StoreFile.log(settings.file());
        limit = settings.checkpointPages();
        thread = new Thread(
                this::run, "larder-sqlite-checkpointer " + settings.file().getFileName());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Is told by the writer what a transaction writes. */
    void wrote(long rows, long bytes) {
        unlooked += FRAMES_OF_GROUP + rows * FRAMES_OF_ROW + bytes / Connections.PAGE_SIZE;
    }

    /** Does what has to be done, which is to look at the WAL only where so much was written that it may be large. */
    void keepUp(WriteSession session) throws SQLException {
        if (unlooked >= limit / 8) {
            look(session);
        }
    }

    private void look(WriteSession session) throws SQLException {
        Wal state = session.wal();
        unlooked = 0;
        stuck = false;
        if (state.frames() < limit) {
            return;
        }
        boolean pressing = state.frames() >= 4 * limit;
        if (state.pending() > FEW && !pressing) {
            wake();
        } else if (pressing || System.nanoTime() - retryAtNanos >= 0) {
            if (!restart(session, pressing)) {
                retryAtNanos = System.nanoTime() + RETRY_NANOS;
                stuck = state.frames() >= 8 * limit;
                if (stuck) {
                    LOGGER.log(
                            Level.WARNING,
                            "sqlite store " + settings.file() + ": its log has reached "
                                    + state.frames() * Connections.PAGE_SIZE
                                    + " bytes, because some connection has been reading an old state of the file all the"
                                    + " time: writes wait until that connection ends its transaction");
                }
            }
            // Look again soon.
            unlooked = limit / 8;
        }
    }

    /** Copies what is left and starts the WAL anew, unless that is under way or somebody still reads from it. */
    private boolean restart(WriteSession session, boolean pressing) throws SQLException {
        if (pressing) {
            running.lock();
        } else if (!running.tryLock()) {
            return false;
        }
        try {
            return session.checkpoint(Sql.CHECKPOINT_RESTART);
        } finally {
            running.unlock();
        }
    }

    /** Returns whether nothing may be written now, because the WAL has reached its limit. To be asked again. */
    boolean isStuck(WriteSession session) throws SQLException {
        if (stuck) {
            look(session);
        }
        return stuck;
    }

    /** Copies all that can be copied now and has the disk keep it. */
    void settle(WriteSession session) throws SQLException {
        running.lock();
        try {
            session.checkpoint(Sql.CHECKPOINT);
        } finally {
            running.unlock();
        }
    }

    /** Settles what was left behind, when nobody wants anything; a WAL that a burst made large is cut down. */
    void idle(WriteSession session) throws SQLException {
        if (session.wal().pending() > 0) {
            settle(session);
        } else if (walBytes() > settings.walBytes()) {
            session.checkpoint(Sql.CHECKPOINT_TRUNCATE);
        }
    }

    /** Copies all of the WAL and gives its room back, unless somebody still reads from it. */
    boolean empty(WriteSession session) throws SQLException {
        running.lock();
        try {
            return session.checkpoint(Sql.CHECKPOINT_TRUNCATE);
        } finally {
            running.unlock();
        }
    }

    private long walBytes() {
        try {
            return Files.size(wal);
        } catch (IOException e) {
            // It comes and goes with connections.
            return 0;
        }
    }

    private void wake() {
        lock.lock();
        try {
            wanted = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (awaitWork()) {
            running.lock();
            try (Connection connection = file.openCheckpointer()) {
                Connections.execute(connection, Sql.CHECKPOINT);
            } catch (SQLException e) {
                if (SqliteErrors.isDamage(e)) {
                    file.doubt();
                }
                LOGGER.log(
                        SqliteErrors.isBusy(e) ? Level.DEBUG : Level.WARNING,
                        "sqlite store " + settings.file() + ": a checkpoint was put off",
                        e);
            } finally {
                running.unlock();
            }
        }
    }

    private boolean awaitWork() {
        lock.lock();
        try {
            while (!wanted && !closed) {
                changed.awaitUninterruptibly();
            }
            wanted = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread; a checkpoint under way is waited for. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        Threads.join(thread);
    }

    /**
     * The state of the WAL.
     *
     * @param frames pages in it
     * @param backfilled how many of them, from its beginning, were copied into the file
     */
    record Wal(long frames, long backfilled) {
        long pending() {
            return frames - backfilled;
        }
    }
}
