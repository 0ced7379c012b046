package dev.larder.cache.sqlite;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The database file as the writer has it open, and what becomes of that on a bad day. For the writer's thread, but for
 * {@link #doubt} and what checkpoints need.
 *
 * <p>A path may lead to another file than the one that is open: somebody deleted it, put another in its place, or
 * another process has repaired it. SQLite would go on writing to what no name leads to. So each transaction begins with
 * a look at the path, after the lock of the file was got and before anything is written; one that finds another file
 * there, or none, is begun again on what is there now. The same goes for the write-ahead log and the index of it. That
 * costs three system calls for each group, measured as 3 microseconds, and readers nothing.
 *
 * <pre>
 * the file is gone                      a new one is created
 * another store's file is there         that is used
 * anything else is there                refused, untouched, until it is gone
 * the log or its index is gone          what it held is copied into the file, while it is still open; then a new one
 * file or log became shorter            looked into: SQLite itself shortens them, too
 * </pre>
 */
final class OpenFile {
    private static final Logger LOGGER = System.getLogger(OpenFile.class.getName());

    /** How often a transaction begins anew on a file that is replaced again and again, before that is an error. */
    private static final int MOST_MOVES = 8;

    /** How long reads may keep the log from being copied, or a session from being closed, before that is put off. */
    private static final Duration FOR_READERS = Duration.ofMillis(200);

    /** How long a session serves at least before doubt ends it. */
    private static final long BETWEEN_DOUBTS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Duration FOR_GUARD = Duration.ofSeconds(5);

    private final Settings settings;
    private final SqliteReaders readers;
    private final Path file;
    private final Path log;
    private final Path index;
    private final ReentrantLock checkpointing = new ReentrantLock();

    // What the path led to when the session was opened, and how long it was when looked at last.
    private @Nullable FileState fileState;
    private @Nullable FileState logState;
    private @Nullable FileState indexState;
    // No session: the next that is needed will be a new one.
    private @Nullable WriteSession session;
    private long doubtedAtNanos = System.nanoTime() - BETWEEN_DOUBTS_NANOS;
    private volatile boolean doubted;

    OpenFile(Settings settings, SqliteReaders readers) {
        this.settings = settings;
        this.readers = readers;
        file = settings.file();
        log = StoreFile.log(file);
        index = StoreFile.logIndex(file);
    }

    /**
     * Returns the session, opened if there is none.
     *
     * @throws CacheStoreException if what is there is not to be opened
     */
    WriteSession session() throws SQLException {
        WriteSession current = session;
        return current == null ? open() : current;
    }

    private WriteSession open() throws SQLException {
        try {
            // Again, because the directory may be gone, and for its messages.
            StoreFile.prepare(file);
            for (int i = 0; i < MOST_MOVES; i++) {
                Schema.Opened opened = Schema.open(settings);
                WriteSession fresh = WriteSession.on(opened.connection());
                // It is open by now, and so keeps its identity.
                FileState there = FileState.of(file);
                if (!FileState.differ(opened.file(), there)) {
                    begin(fresh, there, FileState.of(log));
                    return fresh;
                }
                fresh.close();
            }
            throw movesAgainAndAgain();
        } catch (CacheStoreException e) {
            if (FileState.differ(fileState, FileState.of(file))) {
                refuseReads(e);
            }
            throw e;
        }
    }

    private void begin(WriteSession fresh, @Nullable FileState there, @Nullable FileState logThere) {
        SqliteReaders.Epoch epoch = readers.epoch();
        session = fresh;
        fileState = there;
        logState = logThere;
        indexState = FileState.of(index);
        if (epoch.file() == null
                || epoch.refusal() != null
                || FileState.differ(epoch.file(), there)
                || FileState.differ(epoch.log(), logThere)) {
            readers.begin(new SqliteReaders.Epoch(there, logThere, null));
        }
    }

    private void refuseReads(CacheStoreException refusal) {
        readers.begin(new SqliteReaders.Epoch(null, null, refusal));
    }

    private CacheStoreException movesAgainAndAgain() {
        return new CacheStoreException(
                Kind.BUSY, "sqlite store " + file + " is being replaced again and again: let one file be there");
    }

    /** Begins a transaction that writes to the file to which the path leads. */
    void begin() throws SQLException {
        if (doubted && System.nanoTime() - doubtedAtNanos >= BETWEEN_DOUBTS_NANOS) {
            // The session may have in memory what a reader found damaged on the disk.
            doubted = false;
            doubtedAtNanos = System.nanoTime();
            close();
        }
        for (int i = 0; i < MOST_MOVES; i++) {
            WriteSession current = session();
            current.begin();
            if (isInPlace()) {
                return;
            }
            current.rollback();
            settle();
        }
        throw movesAgainAndAgain();
    }

    /** Looks whether the path still leads to what is open, and does what is to be done if not. */
    void look() throws SQLException {
        session();
        if (!isInPlace()) {
            settle();
        }
    }

    private boolean isInPlace() {
        FileState there = FileState.of(file);
        FileState logThere = FileState.of(log);
        if (FileState.differ(fileState, there)
                || FileState.differ(logState, logThere)
                || isIndexElsewhere(logThere)
                || FileState.isShorter(there, fileState)
                || FileState.isShorter(logThere, logState)) {
            return false;
        }
        fileState = there;
        logState = logThere;
        return true;
    }

    private boolean isIndexElsewhere(@Nullable FileState logThere) {
        FileState there = FileState.of(index);
        return FileState.differ(indexState, there)
                // A log has an index, wherever that is.
                || (there != null && !there.exists() && logThere != null && logThere.exists());
    }

    private void settle() throws SQLException {
        FileState there = FileState.of(file);
        FileState logThere = FileState.of(log);
        if (FileState.differ(fileState, there) || isEmptied(there)) {
            leaveFile(there);
        } else if (FileState.differ(logState, logThere) || isIndexElsewhere(logThere)) {
            leaveLog(logThere);
        } else {
            checkLengths(there, logThere);
            fileState = there;
            logState = logThere;
        }
    }

    private static boolean isEmptied(@Nullable FileState there) {
        return there != null && there.size() == 0;
    }

    private void leaveFile(@Nullable FileState found) throws SQLException {
        String what = found == null || !found.exists() ? "deleted" : isEmptied(found) ? "emptied" : "replaced";
        LOGGER.log(
                Level.WARNING,
                "sqlite store " + file + " was " + what + " while it was open: what it held is gone, and the store"
                        + " goes on with what is there now");
        if (Files.isDirectory(StoreFile.directory(file))) {
            try (FileGuard guard = FileGuard.acquire(file, Deadline.after(FOR_GUARD))) {
                FileState there = FileState.of(file);
                if (!FileState.differ(fileState, there)) {
                    // Emptied. By another name, or closing it would fill it again with what the log has of it.
                    StoreFile.setAside(file, null);
                } else if (!FileState.differ(logState, FileState.of(log))) {
                    // The log of what was there before: SQLite would take it for the other file's.
                    StoreFile.deleteLogs(file);
                }
            } catch (CacheStoreException e) {
                refuseReads(e);
                throw e;
            }
        }
        close();
        open();
    }

    /**
     * Goes over to a new log, or a new index of it. What the old one holds is copied into the file first, unless
     * another process has gone over already: then what is here says nothing about the log that is there. Copying also
     * cuts the old log down to nothing: whoever has yet to notice then reads errors in it, and nothing wrong.
     */
    private void leaveLog(@Nullable FileState logThere) throws SQLException {
        FileState indexThere = FileState.of(index);
        boolean newIndex = isIndexElsewhere(logThere);
        boolean othersWentOver =
                isOthers(logState, logThere) || (newIndex && indexThere != null && indexThere.exists());
        checkpointing.lock();
        try (FileGuard guard = FileGuard.acquire(file, Deadline.after(FOR_GUARD));
                SqliteReaders.Pause pause = readers.pause(FOR_READERS)) {
            WriteSession old = session();
            if (!othersWentOver && !isCopied(old)) {
                throw new SQLiteException("readers keep the log from being copied", SQLiteErrorCode.SQLITE_BUSY);
            }
            LOGGER.log(
                    Level.WARNING,
                    "sqlite store " + file + ": its log was deleted or replaced while it was open: the store goes on"
                            + " with a new one; what it held "
                            + (othersWentOver ? "has been" : "was") + " copied into the file");
            if (newIndex) {
                closeAll(pause);
                open();
                if (indexState != null && !indexState.exists()) {
                    closeAll(pause);
                    throw indexIsShared();
                }
                return;
            }
            pause.closeIdle();
            session = null;
            try {
                open();
            } finally {
                // Only now: the last one to close copies the log, which may be another process's by now.
                old.close();
            }
        } finally {
            checkpointing.unlock();
        }
    }

    /** Within a process all connections to a file share one index, and the old one goes with the last of them. */
    private SQLException indexIsShared() {
        String found = "the index of its log was deleted, and is still in use by another store of this process";
        refuseReads(new CacheStoreException(
                Kind.BUSY, "sqlite store " + file + ": " + found + ": it will be closed within a second"));
        return new SQLiteException(found, SQLiteErrorCode.SQLITE_BUSY);
    }

    /** Returns whether there is a log that somebody else has begun: one that was only opened is empty. */
    private static boolean isOthers(@Nullable FileState before, @Nullable FileState there) {
        return FileState.differ(before, there) && there != null && there.size() > 0;
    }

    /** Closes the session and all readers, and leaves the log as it is. */
    private void closeAll(SqliteReaders.Pause pause) throws SQLException {
        // The last one to close copies the log into the file, unless it may not write. A connection counts once it has
        // read anything.
        try (Connection last = Connections.openReader(file, settings.busyTimeout())) {
            try {
                Connections.pragma(last, "user_version");
            } catch (SQLException e) {
                LOGGER.log(Level.DEBUG, "sqlite store " + file + " cannot be read", e);
            }
            close();
            pause.closeIdle();
        }
    }

    private boolean isCopied(WriteSession old) throws SQLException {
        Deadline deadline = Deadline.after(FOR_READERS);
        Backoff backoff = new Backoff();
        while (true) {
            try {
                if (old.checkpoint(Sql.CHECKPOINT_TRUNCATE)) {
                    return true;
                }
            } catch (SQLException e) {
                if (isOthers(logState, FileState.of(log))) {
                    return true;
                }
                if (!SqliteErrors.isBusy(e)) {
                    throw e;
                }
            }
            if (deadline.isExpired()) {
                return false;
            }
            backoff.pause(deadline.remainingNanos());
        }
    }

    /** Throws damage if somebody else than SQLite cut the file or the log short. */
    private void checkLengths(@Nullable FileState there, @Nullable FileState logThere) throws SQLException {
        if (FileState.isShorter(there, fileState)) {
            try (Connection connection = Connections.openUntouched(file)) {
                // Any read compares the length that the file says it has with the one that it has.
                Connections.pragma(connection, "user_version");
            }
        }
        if (FileState.isShorter(logThere, logState) && isLogCut()) {
            throw new SQLiteException("its log was cut short", SQLiteErrorCode.SQLITE_IOERR_SHORT_READ);
        }
    }

    private boolean isLogCut() throws SQLException {
        long frames = session().wal().frames();
        FileState now = FileState.of(log);
        return now != null && now.size() < StoreFile.logBytes(frames);
    }

    /** Returns what is held while a checkpoint runs, by whichever thread: the file is not changed meanwhile. */
    ReentrantLock checkpointing() {
        return checkpointing;
    }

    /**
     * Opens a connection for checkpoints, for a thread that holds {@link #checkpointing}.
     *
     * @throws SQLException as if somebody held the lock, if the path does not lead to what the writer has open
     */
    Connection openCheckpointer() throws SQLException {
        SqliteReaders.Epoch epoch = readers.epoch();
        if (epoch.refusal() != null
                || FileState.differ(epoch.file(), FileState.of(file))
                || FileState.differ(epoch.log(), FileState.of(log))) {
            throw new SQLiteException("the file is being changed", SQLiteErrorCode.SQLITE_BUSY);
        }
        return Connections.openCheckpointer(settings);
    }

    /** Lets the next transaction begin on a new session, which has yet to read what it knows. */
    void doubt() {
        doubted = true;
    }

    /**
     * Ends the transaction that failed, and the session with it unless that surely survives: after any error but a
     * passing lock the driver has closed the statement, and only closing the connection surely gives the lock back.
     */
    void recover(Throwable failure) {
        WriteSession failed = session;
        if (failed == null) {
            return;
        }
        try {
            if (!(failure instanceof SQLException e) || SqliteErrors.isBusy(e)) {
                failed.rollback();
                return;
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
        try {
            close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    void close() throws SQLException {
        WriteSession closing = session;
        session = null;
        if (closing != null) {
            closing.close();
        }
    }
}
