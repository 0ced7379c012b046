package dev.larder.perf.limits;

import dev.larder.cache.CacheKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/**
 * What the store stands on: a connection like the store's own, with the statements that the store issues, kept. It
 * reads and writes rows, and does nothing else for them.
 */
final class RawSqlite implements AutoCloseable {
    /** As the store looks a key up. */
    static final String FIND =
            "select entry.id, entry.\"key\", entry.header, entry.data from entry where entry.key_prefix = ?";

    /** As the store puts. */
    static final String PUT = "insert into entry (key_prefix, key_rest, \"key\", delete_at, used_at, size, tagged,"
            + " header, data) values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (key_prefix, key_rest) do update set"
            + " \"key\" = excluded.\"key\", delete_at = excluded.delete_at, used_at = excluded.used_at,"
            + " size = excluded.size, tagged = excluded.tagged, header = excluded.header, data = excluded.data";

    private final Connection connection;
    private final Rows rows;
    private final PreparedStatement begin;
    private final PreparedStatement beginImmediate;
    private final PreparedStatement commit;
    private final PreparedStatement find;
    private final PreparedStatement put;
    // As the store's, this grows with each use, and is higher than every one in the file.
    private long usedAt;

    private RawSqlite(Connection connection, Rows rows) throws SQLException {
        this.connection = connection;
        this.rows = rows;
        begin = connection.prepareStatement("BEGIN");
        beginImmediate = connection.prepareStatement("BEGIN IMMEDIATE");
        commit = connection.prepareStatement("COMMIT");
        find = connection.prepareStatement(FIND);
        put = connection.prepareStatement(PUT);
        usedAt = lastUsedAt();
    }

    static RawSqlite openReader(Path file, Rows rows) throws SQLException {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        config.setPragma(Pragma.CACHE_SIZE, "-8192");
        return new RawSqlite(connect(file, config), rows);
    }

    static RawSqlite openWriter(Path file, Rows rows) throws SQLException {
        SQLiteConfig config = config();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.NORMAL);
        config.setJournalSizeLimit(64 << 20);
        // The store has a thread for this; raw JDBC leaves it to commits, at the size that was measured best for it.
        config.setWalAutocheckpoint(10_000);
        config.setPragma(Pragma.CACHE_SIZE, "-16384");
        return new RawSqlite(connect(file, config), rows);
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(20);
        config.setGetGeneratedKeys(false);
        config.setPragma(Pragma.MMAP_SIZE, "0");
        return config;
    }

    private static Connection connect(Path file, SQLiteConfig config) throws SQLException {
        return JDBC.createConnection(JDBC.PREFIX + "file:" + file.toUri().getRawPath(), config.toProperties());
    }

    /** Returns which SQLite this is. */
    static String version() throws SQLException {
        try (Connection connection = JDBC.createConnection(JDBC.PREFIX + ":memory:", config().toProperties());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select sqlite_version()")) {
            return row.next() ? row.getString(1) : "unknown";
        }
    }

    private long lastUsedAt() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select max(used_at) from entry")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    void begin() throws SQLException {
        begin.executeUpdate();
    }

    void beginImmediate() throws SQLException {
        beginImmediate.executeUpdate();
    }

    void commit() throws SQLException {
        commit.executeUpdate();
    }

    /** Reads the whole row of the key, and returns whether it was there and is the right one. */
    boolean find(CacheKey key) throws SQLException {
        find.setLong(1, key.prefix());
        try (ResultSet row = find.executeQuery()) {
            while (row.next()) {
                long id = row.getLong(1);
                byte[] stored = row.getBytes(2);
                byte[] header = row.getBytes(3);
                byte[] data = row.getBytes(4);
                if (key.matches(stored)) {
                    return id > 0 && header.length > 0 && rows.isRight(key, data);
                }
            }
            return false;
        }
    }

    void put(CacheKey key) throws SQLException {
        byte[] bytes = key.bytes();
        put.setLong(1, key.prefix());
        // The store hashes these bytes; as they are, they tell keys apart as well.
        put.setLong(2, Rows.secondWord(bytes));
        put.setBytes(3, bytes);
        put.setLong(4, Rows.deleteAtMillis());
        put.setLong(5, ++usedAt);
        put.setLong(6, Rows.size());
        put.setLong(7, 0);
        put.setBytes(8, rows.header(key));
        put.setBytes(9, rows.entry(key).data());
        put.executeUpdate();
    }

    /** Brings what is in the WAL to the disk and into the file, as {@code flush} of the store does. */
    void checkpoint() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
            row.next();
        }
    }

    /** Closes the connection, and its statements with it. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
