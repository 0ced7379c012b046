package dev.larder.cache.sqlite;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
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
 */
final class SqliteReaders {
    private static final Logger LOGGER = System.getLogger(SqliteReaders.class.getName());
    private static final int YIELDS = 16;

    private final Settings settings;
    private final Semaphore permits;
    private final AtomicReferenceArray<@Nullable ReadSession> idle;
    private volatile boolean closed;

    SqliteReaders(Settings settings) {
        this.settings = settings;
        permits = new Semaphore(settings.readers());
        idle = new AtomicReferenceArray<>(settings.readers());
    }

    /** What is asked of a session. May be asked again. */
    interface Query<T> {
        @Nullable
        T run(ReadSession session) throws SQLException;
    }

    /** Does as {@link #readOrNull} for a query that always has a result. */
    <T> T read(String operation, Deadline deadline, Query<T> query) {
        return Objects.requireNonNull(readOrNull(operation, deadline, query));
    }

    /**
     * Runs the query on a session of its own.
     *
     * @throws CacheStoreException TIMEOUT if no session was free, or the file locked, until the deadline
     * @throws IllegalStateException after {@link #close}
     */
    <T> @Nullable T readOrNull(String operation, Deadline deadline, Query<T> query) {
        acquire(operation, deadline);
        ReadSession session = null;
        boolean sound = false;
        try {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            session = takeOrOpen();
            @Nullable T result = retry(operation, deadline, session, query);
            sound = true;
            return result;
        } catch (SQLException e) {
            throw SqliteErrors.translate(settings.file(), operation, e);
        } catch (CacheStoreException e) {
            sound = true;
            throw e;
        } finally {
            release(session, sound);
        }
    }

    private <T> @Nullable T retry(String operation, Deadline deadline, ReadSession session, Query<T> query)
            throws SQLException {
        Backoff backoff = new Backoff();
        while (true) {
            try {
                return query.run(session);
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

    private void acquire(String operation, Deadline deadline) {
        // A read takes microseconds, to be put to sleep and woken takes longer: so first let others finish theirs.
        for (int i = 0; i < YIELDS; i++) {
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

    private ReadSession takeOrOpen() throws SQLException {
        int length = idle.length();
        int first = home();
        for (int i = 0; i < length; i++) {
            int at = (first + i) % length;
            ReadSession session = idle.get(at);
            if (session != null && idle.compareAndSet(at, session, null)) {
                return session;
            }
        }
        return open();
    }

    /** Where a thread begins to look: each elsewhere, so that they do not meet at the same place. */
    private int home() {
        return (int) (Thread.currentThread().getId() % idle.length());
    }

    private ReadSession open() throws SQLException {
        Connection connection = Connections.openReader(settings.file(), settings.busyTimeout());
        try {
            return new ReadSession(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void release(@Nullable ReadSession session, boolean sound) {
        if (session != null && !(sound && !closed && putBack(session))) {
            close(session);
        }
        if (closed) {
            closeIdle();
        }
        permits.release();
    }

    private boolean putBack(ReadSession session) {
        int length = idle.length();
        int first = home();
        for (int i = 0; i < length; i++) {
            int at = (first + i) % length;
            if (idle.get(at) == null && idle.compareAndSet(at, null, session)) {
                return true;
            }
        }
        return false;
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
        for (int i = 0; i < idle.length(); i++) {
            ReadSession session = idle.getAndSet(i, null);
            if (session != null) {
                close(session);
            }
        }
    }

    private void close(ReadSession session) {
        try {
            session.close();
        } catch (SQLException e) {
            LOGGER.log(Level.WARNING, "sqlite store " + settings.file() + ": a reader could not be closed", e);
        }
    }
}
