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
 * costs three system calls for each group, measured as 3 microseconds, and 1 more while the log grows, and readers
 * nothing.
 *
 * <pre>
 * the file is gone                      a new one is created
 * another store's file is there         that is used
 * anything else is there                refused, untouched, until it is gone
 * the log or its index is gone          what it held is copied into the file, while it is still open; then a new one
 * file or log became shorter            looked into: SQLite itself shortens them, too
 * the log grew and has a hole           the same: it was cut short, and somebody else has gone on with it
 * </pre>
 *
 * <p>Damage is repaired by what costs least. Where the log was cut short, everything is opened anew: SQLite then takes
 * the log up to where it is whole. Otherwise, or where that does not help, a new file is made of what can still be read:
 * also where the log has a hole, or a page of it is damaged, because behind that stands what was written last.
 */
final class OpenFile {
    private static final Logger LOGGER = System.getLogger(OpenFile.class.getName());

    /** How often a transaction begins anew on a file that is replaced again and again, before that is an error. */
    private static final int MOST_MOVES = 8;

    /** How long reads may keep the log from being copied, or a session from being closed, before that is put off. */
    private static final Duration FOR_READERS = Duration.ofMillis(200);

    private static final Duration FOR_GUARD = Duration.ofSeconds(5);

    /** How long after one repair there is no other: a failing disk shall not make the store copy for ever. */
    private static final Duration REPAIR_INTERVAL = Duration.ofMinutes(1);

    /** How long a session serves at least before doubt ends it. */
    private static final long BETWEEN_DOUBTS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Settings settings;
    private final SqliteReaders readers;
    private final Path file;
    private final Place place;
    private final Lengths lengths;
    private final Anchor anchor;
    private final RepairLimit repairs = new RepairLimit(REPAIR_INTERVAL);
    private final ReentrantLock checkpointing = new ReentrantLock();
    private volatile boolean doubted;

    // The writer's own. No session: the next that is needed will be a new one.
    private @Nullable WriteSession session;
    private boolean restarted;
    private long restartedAtNanos;
    private long doubtedAtNanos = System.nanoTime() - BETWEEN_DOUBTS_NANOS;

    OpenFile(Settings settings, SqliteReaders readers) {
        this.settings = settings;
        this.readers = readers;
        file = settings.file();
        place = new Place(file);
        lengths = new Lengths(file, place);
        anchor = new Anchor(file);
    }

    /**
     * Returns the session, opened if there is none.
     *
     * @throws CacheStoreException if what is there is not to be opened
     */
    WriteSession session() throws SQLException {
        WriteSession current = session;
        return current == null ? open(isKnown()) : current;
    }

    private WriteSession open(boolean known) throws SQLException {
        CacheStoreException refusal = movesAgainAndAgain();
        for (int i = 0; i < MOST_MOVES; i++) {
            FileState before = FileState.of(file);
            try {
                // Again, because the directory may be gone, and for its messages.
                StoreFile.prepare(file);
                WriteSession fresh = begin(new Schema(settings, repairs, known).open());
                if (fresh != null) {
                    return fresh;
                }
            } catch (CacheStoreException e) {
                refusal = e;
                if (!FileState.differ(before, FileState.of(file))) {
                    break;
                }
            }
        }
        if (place.isFileElsewhere()) {
            refuseReads(refusal);
        }
        throw refusal;
    }

    /** Begins to use what was opened; returns null if it is not what the path leads to any more. */
    private @Nullable WriteSession begin(Schema.Opened opened) throws SQLException {
        WriteSession fresh = WriteSession.on(opened.connection());
        // It is open by now, and so keeps its identity.
        if (FileState.differ(opened.file(), FileState.of(file))) {
            fresh.close();
            return null;
        }
        session = fresh;
        place.remember();
        SqliteReaders.Epoch epoch = readers.epoch();
        if (epoch.file() == null
                || epoch.refusal() != null
                || FileState.differ(epoch.file(), place.fileState())
                || FileState.differ(epoch.log(), place.logState())) {
            readers.begin(new SqliteReaders.Epoch(place.fileState(), place.logState(), null));
        }
        anchor.weigh();
        return fresh;
    }

    private void refuseReads(CacheStoreException refusal) {
        readers.begin(new SqliteReaders.Epoch(null, null, refusal));
    }

    private CacheStoreException movesAgainAndAgain() {
        return new CacheStoreException(
                Kind.BUSY, "sqlite store " + file + " is being replaced again and again: let one file be there");
    }

    /** Begins a transaction that writes. */
    void begin() throws SQLException {
        if (doubted && System.nanoTime() - doubtedAtNanos >= BETWEEN_DOUBTS_NANOS) {
            doubted = false;
            doubtedAtNanos = System.nanoTime();
            reopen();
        }
        session().begin();
    }

    /** Begins a transaction of which it is known what it will write. */
    void beginAndStay() throws SQLException {
        begin();
        stay();
    }

    /**
     * Makes sure that the transaction which has begun writes to the file to which the path leads now. To be called when
     * it is known what will be written: what was asked for after the file was deleted is then not written to that.
     */
    void stay() throws SQLException {
        for (int i = 0; i < MOST_MOVES; i++) {
            if (place.isUnchanged()) {
                return;
            }
            session().rollback();
            settle();
            session().begin();
        }
        throw movesAgainAndAgain();
    }

    /** Commits the transaction that has begun. */
    void commit() throws SQLException {
        session().commit();
        place.wrote();
    }

    /** Looks whether the path still leads to what is open, and does what is to be done if not. */
    void look() throws SQLException {
        session();
        if (!place.isUnchanged()) {
            settle();
        }
    }

    /** Begins with a session that has yet to read what it knows, because a reader found that damaged on the disk. */
    private void reopen() throws SQLException {
        if (session != null && place.isUnchanged()) {
            dropAnchor();
            close();
            open(isKnown());
        }
    }

    private void settle() throws SQLException {
        checkpointing.lock();
        try {
            if (place.isFileElsewhere() || place.isFileEmpty()) {
                leaveFile();
            } else if (place.isLogElsewhere()) {
                leaveLog();
            } else {
                lengths.check(session());
                place.remember();
            }
        } finally {
            checkpointing.unlock();
        }
    }

    private void leaveFile() throws SQLException {
        LOGGER.log(
                Level.WARNING,
                "sqlite store " + file + " was " + place.fate() + " while it was open: what it held is gone, and the"
                        + " store goes on with what is there now");
        if (Files.isDirectory(StoreFile.directory(file))) {
            try (FileGuard guard = FileGuard.acquire(file, Deadline.after(FOR_GUARD))) {
                if (!place.isFileElsewhere()) {
                    // Emptied. By another name, or closing it would fill it again with what the log has of it.
                    StoreFile.setAside(file);
                } else if (!place.isLogReplaced()) {
                    // The log of what was there before: SQLite would take it for the other file's.
                    StoreFile.deleteLogs(file);
                }
            } catch (CacheStoreException e) {
                refuseReads(e);
                throw e;
            }
        }
        close();
        anchor.weigh();
        open(false);
    }

    /**
     * Goes over to a new log, or a new index of it. What the old one holds is copied into the file first, unless
     * another process has gone over already: then what is here says nothing about the log that is there. Copying also
     * cuts the old log down to nothing: whoever has yet to notice then reads errors in it, and nothing wrong.
     */
    private void leaveLog() throws SQLException {
        try (SqliteReaders.Pause pause = readers.pause(FOR_READERS)) {
            WriteSession old = session();
            boolean newIndex = place.isIndexElsewhere();
            if (!isCopied(old)) {
                throw new SQLiteException("readers keep the log from being copied", SQLiteErrorCode.SQLITE_BUSY);
            }
            LOGGER.log(
                    Level.WARNING,
                    "sqlite store " + file + ": its log was deleted or replaced while it was open: what it held was"
                            + " copied into the file, and the store goes on with a new one");
            if (newIndex) {
                closeAll(pause);
                open(true);
                if (place.isIndexMissing()) {
                    closeAll(pause);
                    throw indexIsShared();
                }
                return;
            }
            pause.closeIdle();
            session = null;
            try {
                open(true);
            } finally {
                // Only now: the last one to close copies the log, which may be another process's by now.
                old.close();
            }
        }
    }

    private boolean isCopied(WriteSession old) throws SQLException {
        Deadline deadline = Deadline.after(FOR_READERS);
        Backoff backoff = new Backoff();
        try (FileGuard guard = FileGuard.acquire(file, Deadline.after(FOR_GUARD))) {
            while (true) {
                if (place.isLogInUse()) {
                    return true;
                }
                try {
                    if (old.checkpoint(Sql.CHECKPOINT_TRUNCATE)) {
                        return true;
                    }
                } catch (SQLException e) {
                    if (!SqliteErrors.isBusy(e) && !place.isLogInUse()) {
                        throw e;
                    }
                }
                if (deadline.isExpired()) {
                    return false;
                }
                backoff.pause(deadline.remainingNanos());
            }
        }
    }

    /** Within a process all connections to a file share one index, and the old one goes with the last of them. */
    private SQLException indexIsShared() {
        String found = "the index of its log was deleted, and is still in use by another store of this process";
        refuseReads(new CacheStoreException(
                Kind.BUSY, "sqlite store " + file + ": " + found + ": it will be closed within a second"));
        return new SQLiteException(found, SQLiteErrorCode.SQLITE_BUSY);
    }

    /** Closes the session and all readers, and leaves the log as it is. */
    private void closeAll(SqliteReaders.Pause pause) throws SQLException {
        // The last one to close copies the log into the file, unless it may not write. A connection counts once it has
        // read anything.
        try (Connection last = Connections.openPlain(file, settings.busyTimeout())) {
            try {
                Connections.pragma(last, "user_version");
            } catch (SQLException e) {
                // It has tried, and that is enough.
                LOGGER.log(Level.DEBUG, "sqlite store " + file + " cannot be read", e);
            }
            close();
            pause.closeIdle();
        }
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
                || FileState.differ(epoch.log(), FileState.of(place.log()))) {
            throw new SQLiteException("the file is being changed", SQLiteErrorCode.SQLITE_BUSY);
        }
        return Connections.openCheckpointer(settings);
    }

    /** Has the next transaction begin on a new session: another connection met damage. */
    void doubt() {
        doubted = true;
    }

    /**
     * Ends the transaction that failed, and the session with it unless that surely survives: after any error but a
     * passing lock the driver has closed the statement, and only closing the connection surely gives the lock back.
     *
     * @return whether what stood in the way was damage and is repaired, so that the same may succeed now
     */
    boolean recover(Throwable failure) {
        WriteSession failed = session;
        if (failed == null) {
            return false;
        }
        try {
            failed.rollback();
            if (!(failure instanceof SQLException e) || SqliteErrors.isBusy(e)) {
                return false;
            }
        } catch (SQLException e) {
            // SQLite may have ended the transaction by itself.
            failure.addSuppressed(e);
        }
        if (failure instanceof SQLException e && SqliteErrors.isDamage(e) && isMended(e)) {
            return true;
        }
        try {
            close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
        return false;
    }

    private boolean isMended(SQLException damage) {
        checkpointing.lock();
        try {
            if (place.isFileElsewhere() || place.isFileEmpty() || place.isLogElsewhere()) {
                settle();
            } else if (isRestartDue() && lengths.isLogCut(session())) {
                restart(damage);
            } else {
                repair(damage);
            }
            return true;
        } catch (SQLException | CacheStoreException e) {
            damage.addSuppressed(e);
            // A store that waits for its next repair fails with each write.
            boolean waits = e instanceof CacheStoreException failure && failure.kind() == Kind.CORRUPT;
            LOGGER.log(
                    waits ? Level.DEBUG : Level.WARNING,
                    "sqlite store " + file + " is damaged and could not be repaired",
                    e);
            dropAnchor();
            return false;
        } finally {
            checkpointing.unlock();
        }
    }

    private boolean isRestartDue() {
        return !restarted || System.nanoTime() - restartedAtNanos >= REPAIR_INTERVAL.toNanos();
    }

    /** Opens everything anew. What was committed after the damage in the log is lost with it. */
    private void restart(SQLException damage) throws SQLException {
        LOGGER.log(
                Level.WARNING,
                "sqlite store " + file + ": its log is damaged: the store goes on with what is whole of it",
                damage);
        restarted = true;
        restartedAtNanos = System.nanoTime();
        try (SqliteReaders.Pause pause = readers.pause(FOR_READERS)) {
            dropAnchor();
            closeAll(pause);
            open(true);
        }
        if (lengths.isLogCut(session())) {
            // Somebody else has the index of the log open, which goes on saying what is in the log.
            repair(damage);
        }
    }

    private void repair(SQLException damage) throws SQLException {
        // The session stays open until then, so that the file keeps its identity.
        Schema.Opened opened = new Schema(settings, repairs, true).openRepaired(place.fileState(), damage);
        close();
        if (begin(opened) == null) {
            throw movesAgainAndAgain();
        }
    }

    /** Returns whether the path surely leads to a file of ours, however damaged. */
    private boolean isKnown() {
        return anchor.isDropped() && !place.isFileElsewhere();
    }

    /** Ends the use of a file that is to be known when it is opened again. */
    private void dropAnchor() {
        if (session != null && !place.isFileElsewhere()) {
            anchor.drop();
        }
    }

    private void close() throws SQLException {
        WriteSession closing = session;
        session = null;
        // First, because the last connection to close deletes the log, which not every system does while it is open.
        place.close();
        if (closing != null) {
            closing.close();
        }
    }

    /** Closes everything for good. */
    void end() throws SQLException {
        close();
        anchor.weigh();
    }
}
