package dev.larder.perf.before;

import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one table and the one connection to it, in autocommit mode. For one thread at a time. */
final class EntryTable implements AutoCloseable {
    /** How long to wait at most while another process holds the file. */
    private static final int BUSY_MILLIS = 3_000;

    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_LOCKED = 6;
    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_TOOBIG = 18;
    private static final int SQLITE_NOTADB = 26;

    private static final String ALIVE = "(delete_at, delete_nanos) > (?, ?)";

    private final Connection connection;
    private int busyMillis = BUSY_MILLIS;
    private long rowsAtOpening;

    private EntryTable(Connection connection) {
        this.connection = connection;
    }

    /** Opens the table in {@code file}, without the rows that have expired. */
    static EntryTable open(Path file, Instant now) throws SQLException {
        Properties pragmas = new Properties();
        pragmas.setProperty("journal_mode", "DELETE");
        pragmas.setProperty("synchronous", "FULL");
        pragmas.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
        // As a URI, because the driver would take a question mark in a path for the start of its options.
        Connection connection =
                DriverManager.getConnection("jdbc:sqlite:file:" + file.toUri().getRawPath(), pragmas);
        try {
            EntryTable table = new EntryTable(connection);
            table.create();
            table.deleteExpired(now);
            table.rowsAtOpening = table.count();
            return table;
        } catch (SQLException e) {
            try {
                connection.close();
            } catch (SQLException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private void create() throws SQLException {
        execute("""
                CREATE TABLE IF NOT EXISTS entry (
                  key BLOB PRIMARY KEY,
                  metadata BLOB NOT NULL,
                  data BLOB NOT NULL,
                  stored_at INTEGER NOT NULL,
                  stored_nanos INTEGER NOT NULL,
                  delete_at INTEGER NOT NULL,
                  delete_nanos INTEGER NOT NULL,
                  tags TEXT NOT NULL,
                  checksum INTEGER NOT NULL
                )""");
    }

    private void deleteExpired(Instant now) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM entry WHERE NOT " + ALIVE)) {
            bind(delete, 1, now);
            delete.executeUpdate();
        }
    }

    private long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM entry")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    long rowsAtOpening() {
        return rowsAtOpening;
    }

    /** Sees to it that waiting for another process does not outlast {@code deadline}. */
    void waitAtMost(Deadline deadline) throws SQLException {
        int millis = (int) Math.min(BUSY_MILLIS, TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos()));
        if (millis != busyMillis) {
            execute("PRAGMA busy_timeout = " + millis);
            busyMillis = millis;
        }
    }

    /** Returns the row under {@code key}, or null if there is none that may still be served. */
    @Nullable
    StoredEntry select(byte[] key, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT metadata, data, stored_at, stored_nanos, delete_at, delete_nanos, tags, checksum FROM entry"
                        + " WHERE key = ? AND " + ALIVE)) {
            select.setBytes(1, key);
            bind(select, 2, now);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                return new StoredEntry(
                        key,
                        row.getBytes(1),
                        row.getBytes(2),
                        row.getLong(3),
                        row.getInt(4),
                        row.getLong(5),
                        row.getInt(6),
                        row.getString(7),
                        row.getInt(8));
            }
        }
    }

    /** Returns the next keys in their order, behind {@code key}. */
    List<byte[]> keysAfter(byte[] key, int limit) throws SQLException {
        List<byte[]> keys = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT key FROM entry WHERE key > ? ORDER BY key LIMIT ?")) {
            select.setBytes(1, key);
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    keys.add(rows.getBytes(1));
                }
            }
        }
        return keys;
    }

    void upsert(StoredEntry entry) throws SQLException {
        try (PreparedStatement insert = prepareUpsert()) {
            upsert(insert, entry);
        }
    }

    /** Puts all of them or, if that fails, none. */
    void upsertAll(List<StoredEntry> entries) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = prepareUpsert()) {
            for (StoredEntry entry : entries) {
                upsert(insert, entry);
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private PreparedStatement prepareUpsert() throws SQLException {
        return connection.prepareStatement(
                "INSERT OR REPLACE INTO entry (key, metadata, data, stored_at, stored_nanos, delete_at, delete_nanos,"
                        + " tags, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    private static void upsert(PreparedStatement insert, StoredEntry entry) throws SQLException {
        insert.setBytes(1, entry.key());
        insert.setBytes(2, entry.metadata());
        insert.setBytes(3, entry.data());
        insert.setLong(4, entry.storedSeconds());
        insert.setInt(5, entry.storedNanos());
        insert.setLong(6, entry.deleteSeconds());
        insert.setInt(7, entry.deleteNanos());
        insert.setString(8, entry.tags());
        insert.setInt(9, entry.checksum());
        insert.executeUpdate();
    }

    /** Erases the row under {@code key}, and returns whether it could still have been served. */
    boolean delete(byte[] key, Instant now) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM entry WHERE key = ? AND " + ALIVE)) {
            delete.setBytes(1, key);
            bind(delete, 2, now);
            return delete.executeUpdate() > 0;
        }
    }

    /** Erases the row under {@code key}, whatever it is. */
    void delete(byte[] key) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM entry WHERE key = ?")) {
            delete.setBytes(1, key);
            delete.executeUpdate();
        }
    }

    long deleteTagged(String tag) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM entry WHERE instr(tags, ?) > 0")) {
            delete.setString(1, StoredEntry.written(tag));
            return delete.executeUpdate();
        }
    }

    void deleteAll() throws SQLException {
        execute("DELETE FROM entry");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void bind(PreparedStatement statement, int index, Instant now) throws SQLException {
        statement.setLong(index, now.getEpochSecond());
        statement.setInt(index + 1, now.getNano());
    }

    /** Returns what stood in the way of this table: TIMEOUT where only the deadline ended the wait for the file. */
    Kind kindHere(SQLException e) {
        Kind kind = kind(e);
        return kind == Kind.BUSY && busyMillis < BUSY_MILLIS ? Kind.TIMEOUT : kind;
    }

    static Kind kind(SQLException e) {
        return switch (e.getErrorCode() & 0xff) {
            case SQLITE_BUSY, SQLITE_LOCKED -> Kind.BUSY;
            case SQLITE_FULL, SQLITE_TOOBIG -> Kind.FULL;
            case SQLITE_CORRUPT, SQLITE_NOTADB -> Kind.CORRUPT;
            default -> Kind.UNAVAILABLE;
        };
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
