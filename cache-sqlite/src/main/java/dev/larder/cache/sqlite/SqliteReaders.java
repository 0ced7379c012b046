package dev.larder.cache.sqlite;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of connections that only read, opened when first needed and lent for one read at a time.
 *
 * <p>A permit is the right to a slot; there are as many of one as of the other, so whoever has a permit finds a slot
 * or may open a session for one. A session that failed in any way but a passing lock is not lent again.
 *
 * <p>Readers never look after the file: they compare the {@link Epoch} of their session, which costs them the read of a
 * field, and the writer begins a new one when it goes over to another file. Only who opens a session looks whether the
 * path still leads to the file of the epoch.
 */
// An epoch is the one that is meant, not one that looks like it.
@SuppressWarnings("ReferenceEquality")
final class SqliteReaders {
    private static final Logger LOGGER = System.getLogger(SqliteReaders.class.getName());
    private static final int YIELDS = 16;
    /** Places between two that are used, so that processors do not share what lies around each. */
    private static final int APART = 32;

    private final Settings settings;
    private final Path log;
    private final Semaphore permits;
    private final AtomicReferenceArray<@Nullable Lent> idle;
    private volatile Epoch epoch = Epoch.FIRST;
    private volatile boolean pausing;
    private volatile boolean closed;

    SqliteReaders(Settings settings) {
        this.settings = settings;
        log = StoreFile.log(settings.file());
        // Fair, so that a pause comes about: who waits for all permits is not passed by those who want one. Readers
        // themselves pass whoever waits, unless a pause is wanted.
        permits = new Semaphore(settings.readers(), true);
        idle = new AtomicReferenceArray<>(settings.readers() * APART);
    }

    /**
     * What the sessions of one time have open. Compared by identity.
     *
     * @param file the database file, or null if that cannot be told
     * @param log its write-ahead log, likewise
     * @param refusal why nothing at all is to be read, or null
     */
    record Epoch(
            @Nullable FileState file,
            @Nullable FileState log,
            @Nullable CacheStoreException refusal) {
        private static final Epoch FIRST = new Epoch(null, null, null);
    }

    private record Lent(ReadSession session, Epoch epoch) {}

    /** What one read holds. */
    private static final class Loan {
        private @Nullable Lent lent;
        private boolean sound;
    }

    /** What is asked of a session. May be asked again. */
    interface Query<T> {
        @Nullable
        T run(ReadSession session) throws SQLException;
    }

    /** Does as {@link #readOrNull} for a query that always has a result. */
    <T> T read(String operation, Deadline deadline, Query<T> query) throws DamagedFileException {
        return Objects.requireNonNull(readOrNull(operation, deadline, query));
    }

    /**
     * Runs the query on a session of its own.
     *
     * @throws CacheStoreException TIMEOUT if no session was free, or the file locked, until the deadline
     * @throws DamagedFileException if the query met what cannot be read
     * @throws IllegalStateException after {@link #close}
     */
    <T> @Nullable T readOrNull(String operation, Deadline deadline, Query<T> query) throws DamagedFileException {
        acquire(operation, deadline);
        Loan loan = new Loan();
        try {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            @Nullable T result = retry(operation, deadline, loan, query);
            loan.sound = true;
            return result;
        } catch (SQLException e) {
            if (SqliteErrors.isUnreadable(e)) {
                throw new DamagedFileException(operation + " met damage in " + settings.file(), e);
            }
            throw SqliteErrors.translate(settings.file(), operation, e);
        } catch (CacheStoreException e) {
            loan.sound = true;
            throw e;
        } finally {
            release(loan.lent, loan.sound);
        }
    }

    private <T> @Nullable T retry(String operation, Deadline deadline, Loan loan, Query<T> query)
            throws SQLException, DamagedFileException {
        Backoff backoff = new Backoff();
        while (true) {
            try {
                Lent lent = loan.lent;
                if (lent == null) {
                    lent = takeOrOpen();
                    loan.lent = lent;
                }
                return query.run(lent.session());
            } catch (SQLException e) {
                if (!SqliteErrors.isBusy(e)) {
                    throw e;
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new CacheStoreException(
                            Kind.BUSY, operation + " was interrupted, waiting for a lock of " + settings.file(), e);
                }
                if (deadline.isExpired()) {
                    throw new CacheStoreException(
                            Kind.TIMEOUT,
                            operation + " ran past its deadline, waiting for a lock of " + settings.file(),
                            e);
                }
                backoff.pause(deadline.remainingNanos());
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on the yield but speed.
    private void acquire(String operation, Deadline deadline) {
        // A read takes microseconds, to be put to sleep and woken takes longer: so first let others finish theirs.
        for (int i = 0; i < YIELDS && !pausing; i++) {
            if (permits.tryAcquire()) {
                return;
            }
            Thread.yield();
        }
        try {
            if (!permits.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw new CacheStoreException(
                        Kind.TIMEOUT,
                        operation + " ran past its deadline, waiting for one of " + settings.readers()
                                + " readers of sqlite store " + settings.file());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheStoreException(Kind.BUSY, operation + " was interrupted, waiting for a reader", e);
        }
    }

    private Lent takeOrOpen() throws SQLException, DamagedFileException {
        Epoch current = epoch;
        int length = settings.readers();
        int first = home();
        for (int i = 0; i < length; i++) {
            int at = (first + i) % length;
            Lent lent = idle.get(at * APART);
            if (lent != null && idle.compareAndSet(at * APART, lent, null)) {
                if (lent.epoch() == current) {
                    return lent;
                }
                close(lent);
            }
        }
        CacheStoreException refusal = current.refusal();
        if (refusal != null) {
            throw new CacheStoreException(refusal.kind(), String.valueOf(refusal.getMessage()), refusal);
        }
        return open(current);
    }

    /** Where a thread begins to look: each elsewhere, so that they do not meet at the same place. */
    private int home() {
        return (int) (Thread.currentThread().getId() % settings.readers());
    }

    private Lent open(Epoch current) throws SQLException, DamagedFileException {
        checkInPlace(current, null);
        Connection connection;
        try {
            connection = Connections.openReader(settings.file(), settings.busyTimeout());
        } catch (SQLException e) {
            checkInPlace(current, e);
            throw e;
        }
        try {
            ReadSession session = new ReadSession(connection);
            // Again: it is open by now, and so keeps its identity.
            checkInPlace(current, null);
            return new Lent(session, current);
        } catch (SQLException | DamagedFileException e) {
            connection.close();
            throw e;
        }
    }

    /** Refuses what is not, or not any more, the file that the writer has open: that one will see to it. */
    private void checkInPlace(Epoch current, @Nullable SQLException cause) throws DamagedFileException {
        if (FileState.differ(current.file(), FileState.of(settings.file()))
                || FileState.differ(current.log(), FileState.of(log))) {
            throw new DamagedFileException(settings.file() + " or its log was deleted or replaced", cause);
        }
    }

    private void release(@Nullable Lent lent, boolean sound) {
        if (lent != null && !(sound && !closed && lent.epoch() == epoch && putBack(lent))) {
            close(lent);
        }
        // Whoever closed or began an epoch just now may have passed the slot before it was filled.
        if (closed) {
            closeIdle();
        } else if (lent != null && lent.epoch() != epoch) {
            closeOutdated();
        }
        permits.release();
    }

    private boolean putBack(Lent lent) {
        int length = settings.readers();
        int first = home();
        for (int i = 0; i < length; i++) {
            int at = (first + i) % length;
            if (idle.get(at * APART) == null && idle.compareAndSet(at * APART, null, lent)) {
                return true;
            }
        }
        return false;
    }

    Epoch epoch() {
        return epoch;
    }

    /** Lets every session that is lent from now on be one that was opened in {@code next}. */
    void begin(Epoch next) {
        epoch = next;
        closeOutdated();
    }

    private void closeOutdated() {
        for (int i = 0; i < settings.readers(); i++) {
            Lent lent = idle.get(i * APART);
            if (lent != null && lent.epoch() != epoch && idle.compareAndSet(i * APART, lent, null)) {
                close(lent);
            }
        }
    }

    /**
     * Waits until nobody reads, and lets nobody begin, until the result is closed. If reads take longer than {@code
     * most}, this goes on without waiting for them.
     */
    Pause pause(Duration most) {
        pausing = true;
        boolean all = false;
        try {
            all = permits.tryAcquire(settings.readers(), most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Pause(all);
    }

    /** A time without reads. */
    final class Pause implements AutoCloseable {
        private final boolean all;

        private Pause(boolean all) {
            this.all = all;
        }

        /** Closes the sessions that nobody reads with. */
        void closeIdle() {
            SqliteReaders.this.closeIdle();
        }

        @Override
        public void close() {
            pausing = false;
            if (all) {
                permits.release(settings.readers());
            }
        }
    }

    /** Lends nothing any more, and closes every session: those in use when their read ends, for which this waits. */
    void close() {
        closed = true;
        boolean all = false;
        try {
            all = permits.tryAcquire(
                    settings.readers(), settings.operationTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeIdle();
        if (all) {
            // Whoever still waits for a permit shall learn that this is closed.
            permits.release(settings.readers());
        }
    }

    private void closeIdle() {
        for (int i = 0; i < settings.readers(); i++) {
            Lent lent = idle.getAndSet(i * APART, null);
            if (lent != null) {
                close(lent);
            }
        }
    }

    private void close(Lent lent) {
        try {
            lent.session().close();
        } catch (SQLException e) {
            LOGGER.log(Level.WARNING, "sqlite store " + settings.file() + ": a reader could not be closed", e);
        }
    }
}
