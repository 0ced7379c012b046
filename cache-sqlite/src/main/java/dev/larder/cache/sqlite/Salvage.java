package dev.larder.cache.sqlite;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Copies what can still be read of a damaged file into a fresh one, while it holds the lock of the damaged one, if that
 * can be got: other processes then wait, and go over to the fresh one when it is in place.
 *
 * <p>A row is copied if its checksum is right; all that stands beside the entry is computed anew from it. Rows are
 * found by their ids, and those by walking the table or one of its indexes until that fails: from either end, the most
 * recently used first, as long as no walk of the table itself has come through. What no walk reaches is looked for in
 * the pages themselves.
 */
final class Salvage implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Salvage.class.getName());

    /** A cache may lose entries, but not keep its users waiting: what is not copied by then is lost. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** How far ahead of the clock uses may lie, which is where it has been before it was set back. */
    private static final long CLOCK_STEPS_MICROS = TimeUnit.DAYS.toMicros(1);

    private static final Duration FOR_LOCK = Duration.ofSeconds(2);

    private final Path file;
    private final Connection from;
    private final long now;

    private long kept;
    private boolean complete = true;

    private Salvage(Settings settings, Connection from) {
        this.file = settings.file();
        this.from = from;
        now = Times.micros(settings.clock().instant());
    }

    /** Opens the damaged file and takes its lock. Returns null if there is nothing that could be read. */
    static @Nullable Salvage begin(Settings settings) {
        return begin(settings, settings.file());
    }

    private static @Nullable Salvage begin(Settings settings, Path damaged) {
        Connection connection = null;
        try {
            connection = Connections.openDamaged(damaged, settings.busyTimeout());
            Salvage salvage = new Salvage(settings, connection);
            salvage.lock();
            return salvage;
        } catch (SQLException e) {
            LOGGER.log(Level.DEBUG, "sqlite store " + settings.file() + " cannot be read at all", e);
            close(connection);
            return null;
        }
    }

    /**
     * Copies what {@link #copyTo} could not find, because the way to it is damaged, by a {@link RebuiltCopy}.
     *
     * @param before what was copied so far
     * @param firstPage of a fresh file
     */
    static Result copyRest(Settings settings, Result before, byte[] firstPage, Connection to) throws SQLException {
        Path file = settings.file();
        Path rebuilt = StoreFile.createScratch(file);
        try {
            RebuiltCopy.write(file, rebuilt, firstPage, root(to));
            try (Salvage salvage = begin(settings, rebuilt)) {
                return salvage == null ? before : before.and(salvage.copyTo(to));
            }
        } catch (IOException e) {
            // Most often there is no room for a copy.
            LOGGER.log(Level.DEBUG, "sqlite store " + file + " cannot be searched page by page", e);
            return before;
        } finally {
            delete(rebuilt);
        }
    }

    private static void delete(Path rebuilt) {
        try {
            StoreFile.deleteScratch(rebuilt);
        } catch (IOException | CacheStoreException e) {
            // No reason to give up what was saved; the next repair tries again.
            LOGGER.log(Level.WARNING, rebuilt + " was of use for a moment and cannot be deleted: delete it", e);
        }
    }

    private static int root(Connection fresh) throws SQLException {
        try (PreparedStatement statement = fresh.prepareStatement(Sql.ROOT_OF_ENTRIES);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private void lock() throws SQLException {
        Deadline deadline = Deadline.after(FOR_LOCK);
        Backoff backoff = new Backoff();
        while (true) {
            try {
                Connections.execute(from, Sql.BEGIN_WRITE);
                return;
            } catch (SQLException e) {
                if (!SqliteErrors.isBusy(e) || deadline.isExpired()) {
                    LOGGER.log(Level.DEBUG, "sqlite store " + file + " is copied without its lock", e);
                    Connections.execute(from, Sql.BEGIN_READ);
                    return;
                }
                backoff.pause(deadline.remainingNanos());
            }
        }
    }

    /**
     * What became of the entries.
     *
     * @param kept how many were copied
     * @param of how many there were, or less than {@code kept} if that cannot be told
     * @param complete whether there was time for all that can be read
     */
    record Result(long kept, long of, boolean complete) {
        /** Returns whether there is nothing more to look for, or no time for it. */
        boolean isAll() {
            return !complete || kept == of;
        }

        private Result and(Result rest) {
            return new Result(kept + rest.kept, Math.max(of, rest.of), rest.complete);
        }

        @Override
        public String toString() {
            return (of >= kept ? kept + " of " + of : "" + kept) + " entries were kept"
                    + (complete ? "" : ", and there was no time for more");
        }
    }

    /**
     * Copies what it can, in one transaction.
     *
     * @throws SQLException if the fresh file cannot be written
     */
    Result copyTo(Connection to) throws SQLException {
        Deadline deadline = Deadline.after(LONGEST);
        Connections.execute(to, Sql.BEGIN_WRITE);
        try (Target target = new Target(to)) {
            walk(Sql.SALVAGE_BY_USE, target, deadline);
            for (String sql : Sql.SALVAGE_WALKS) {
                if (walk(sql, target, deadline) && sql.equals(Sql.SALVAGE_TABLE)) {
                    break;
                }
            }
        }
        Connections.execute(to, Sql.COMMIT);
        return new Result(kept, expected(), complete);
    }

    /** Copies the rows whose ids the statement finds, and returns whether it came to its end. */
    private boolean walk(String sql, Target target, Deadline deadline) throws SQLException {
        Rows rows = new Rows();
        try (rows;
                PreparedStatement statement = from.prepareStatement(sql)) {
            statement.setLong(1, Long.MIN_VALUE);
            Order order = new Order();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (deadline.isExpired()) {
                        complete = false;
                        return false;
                    }
                    if (!order.isStraight(row.getLong(2))) {
                        return false;
                    }
                    rows.copy(row.getLong(1), target);
                }
            }
            return true;
        } catch (TargetException e) {
            throw e.cause();
        } catch (SQLException e) {
            LOGGER.log(Level.DEBUG, "sqlite store " + file + ": a walk ends at damage: " + sql, e);
            return false;
        }
    }

    private long expected() {
        try (PreparedStatement statement = from.prepareStatement(Sql.READ_TOTALS);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : -1;
        } catch (SQLException e) {
            LOGGER.log(Level.DEBUG, "sqlite store " + file + " does not say how much it held", e);
            return -1;
        }
    }

    /** Gives the lock of the damaged file back. */
    @Override
    public void close() {
        close(from);
    }

    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOGGER.log(Level.DEBUG, "closing a damaged file", e);
        }
    }

    /** Ends a walk that goes in circles: each turn is a step against the order. */
    private static final class Order {
        private static final int MOST_TURNS = 1000;

        private long last;
        private long steps;
        private int ups;
        private int downs;

        boolean isStraight(long value) {
            if (steps++ > 0 && value != last) {
                if (value > last) {
                    ups++;
                } else {
                    downs++;
                }
            }
            last = value;
            return Math.min(ups, downs) <= MOST_TURNS;
        }
    }

    /** The statement that reads rows, prepared again whenever it has failed. */
    private final class Rows implements AutoCloseable {
        private @Nullable PreparedStatement statement;

        void copy(long id, Target target) throws SQLException, TargetException {
            if (target.has(id)) {
                return;
            }
            EntryRow row = read(id);
            if (row != null && target.put(id, row)) {
                kept++;
            }
        }

        /** Returns null for what cannot be read or is not right. */
        private @Nullable EntryRow read(long id) {
            try {
                PreparedStatement current = statement;
                if (current == null) {
                    current = from.prepareStatement(Sql.SALVAGE_ROW);
                    statement = current;
                }
                current.setLong(1, id);
                try (ResultSet row = current.executeQuery()) {
                    return row.next() ? row(StoredRow.read(row), row.getLong(5)) : null;
                }
            } catch (SQLException e) {
                close();
                return null;
            } catch (CorruptEntryException e) {
                return null;
            }
        }

        private EntryRow row(StoredRow stored, long usedAt) throws CorruptEntryException {
            // No checksum covers this, so at least it shall not be absurd.
            boolean plausible = usedAt >= 0 && usedAt <= now + CLOCK_STEPS_MICROS;
            return EntryCodec.restore(stored, plausible ? usedAt : now);
        }

        @Override
        public void close() {
            PreparedStatement closing = statement;
            statement = null;
            try {
                if (closing != null) {
                    closing.close();
                }
            } catch (SQLException e) {
                LOGGER.log(Level.TRACE, "closing a statement that failed", e);
            }
        }
    }

    /** The fresh file. What goes wrong here is no damage of the other one, and ends everything. */
    private static final class Target implements AutoCloseable {
        private final PreparedStatement has;
        private final PreparedStatement put;
        private final PreparedStatement tag;

        Target(Connection to) throws SQLException {
            has = to.prepareStatement(Sql.SALVAGE_HAS);
            put = to.prepareStatement(Sql.SALVAGE_PUT);
            tag = to.prepareStatement(Sql.SALVAGE_TAG);
        }

        boolean has(long id) throws TargetException {
            try {
                has.setLong(1, id);
                try (ResultSet row = has.executeQuery()) {
                    return row.next();
                }
            } catch (SQLException e) {
                throw new TargetException(e);
            }
        }

        /** Returns whether the row was put: another may have its key. */
        boolean put(long id, EntryRow row) throws TargetException {
            try {
                put.setLong(1, id);
                row.bind(put, 2);
                if (put.executeUpdate() == 0) {
                    return false;
                }
                for (byte[] name : row.tags()) {
                    tag.setBytes(1, name);
                    tag.setLong(2, id);
                    tag.executeUpdate();
                }
                return true;
            } catch (SQLException e) {
                throw new TargetException(e);
            }
        }

        @Override
        public void close() throws SQLException {
            has.close();
            put.close();
            tag.close();
        }
    }

    private static final class TargetException extends Exception {
        private static final long serialVersionUID = 1;

        private final SQLException cause;

        TargetException(SQLException cause) {
            super(cause);
            this.cause = cause;
        }

        SQLException cause() {
            return cause;
        }
    }
}
