package dev.larder.cache.sqlite;

import dev.larder.cache.CacheKey;
import dev.larder.cache.Deadline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connection that writes, and its kept statements. For the writer's thread alone.
 *
 * <p>The connection stays in autocommit mode, and BEGIN and COMMIT are statements like others: the driver's own
 * immediate transactions take the lock of the file again right after each commit.
 */
final class WriteSession implements AutoCloseable {
    /** A row that may have to go. */
    record Candidate(long id, long prefix, long size, long usedAt) {}

    private final Connection connection;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement rollback;
    private final PreparedStatement find;
    private final PreparedStatement put;
    private final PreparedStatement tagEntry;
    private final PreparedStatement remove;
    private final PreparedStatement removeById;
    private final PreparedStatement removeTagged;
    private final PreparedStatement anyExpired;
    private final PreparedStatement removeExpired;
    private final PreparedStatement leastRecent;
    private final PreparedStatement touch;
    private final PreparedStatement totals;
    private final PreparedStatement pages;
    private final PreparedStatement freePages;
    private final PreparedStatement wal;

    private WriteSession(Connection connection) throws SQLException {
        this.connection = connection;
        begin = connection.prepareStatement(Sql.BEGIN_WRITE);
        commit = connection.prepareStatement(Sql.COMMIT);
        rollback = connection.prepareStatement(Sql.ROLLBACK);
        find = connection.prepareStatement(Sql.FIND);
        put = connection.prepareStatement(Sql.PUT);
        tagEntry = connection.prepareStatement(Sql.TAG_ENTRY);
        remove = connection.prepareStatement(Sql.REMOVE);
        removeById = connection.prepareStatement(Sql.REMOVE_BY_ID);
        removeTagged = connection.prepareStatement(Sql.REMOVE_TAGGED);
        anyExpired = connection.prepareStatement(Sql.ANY_EXPIRED);
        removeExpired = connection.prepareStatement(Sql.REMOVE_EXPIRED);
        leastRecent = connection.prepareStatement(Sql.LEAST_RECENT);
        touch = connection.prepareStatement(Sql.TOUCH);
        totals = connection.prepareStatement(Sql.READ_TOTALS);
        pages = connection.prepareStatement(Sql.PAGES);
        freePages = connection.prepareStatement(Sql.FREE_PAGES);
        wal = connection.prepareStatement(Sql.CHECKPOINT_NOOP);
    }

    /** Returns a session on the connection, or else closes that. */
    static WriteSession on(Connection connection) throws SQLException {
        try {
            return new WriteSession(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    void begin() throws SQLException {
        begin.executeUpdate();
    }

    void commit() throws SQLException {
        commit.executeUpdate();
    }

    void rollback() throws SQLException {
        rollback.executeUpdate();
    }

    /** Returns the row of {@code key}, or else one whose key begins alike, or null. */
    @Nullable
    StoredRow find(CacheKey key) throws SQLException {
        find.setLong(1, key.prefix());
        try (ResultSet rows = find.executeQuery()) {
            return StoredRow.read(rows, key);
        }
    }

    /** Returns all rows under {@code prefix}. */
    List<StoredRow> findAll(long prefix) throws SQLException {
        List<StoredRow> found = new ArrayList<>();
        find.setLong(1, prefix);
        try (ResultSet rows = find.executeQuery()) {
            while (rows.next()) {
                found.add(StoredRow.read(rows));
            }
        }
        return found;
    }

    void put(EntryRow row) throws SQLException {
        row.bind(put, 1);
        put.executeUpdate();
        for (byte[] tag : row.tags()) {
            tagEntry.setBytes(1, tag);
            tagEntry.setLong(2, row.key().prefix());
            tagEntry.setLong(3, row.keyRest());
            tagEntry.executeUpdate();
        }
    }

    void remove(EntryRow row) throws SQLException {
        remove.setLong(1, row.key().prefix());
        remove.setLong(2, row.keyRest());
        remove.executeUpdate();
    }

    void removeById(long id) throws SQLException {
        removeById.setLong(1, id);
        removeById.executeUpdate();
    }

    int removeTagged(byte[] tag, int limit) throws SQLException {
        removeTagged.setBytes(1, tag);
        removeTagged.setLong(2, limit);
        return removeTagged.executeUpdate();
    }

    /**
     * Erases everything, in time that hardly grows with the entries: 100,000 rows one by one took seconds, because the
     * triggers run for each. So they are taken off and put back, all in the transaction that is under way.
     */
    void clear() throws SQLException {
        Map<String, String> triggers = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(Sql.TRIGGERS);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                triggers.put(row.getString(1), row.getString(2));
            }
        }
        for (String name : triggers.keySet()) {
            Connections.execute(connection, "DROP TRIGGER " + name);
        }
        Connections.execute(connection, Sql.CLEAR_ENTRIES);
        Connections.execute(connection, Sql.CLEAR_TAGS);
        Connections.execute(connection, Sql.CLEAR_TOTALS);
        for (String sql : triggers.values()) {
            Connections.execute(connection, sql);
        }
    }

    boolean anyExpired(long nowMillis) throws SQLException {
        anyExpired.setLong(1, nowMillis);
        try (ResultSet row = anyExpired.executeQuery()) {
            return row.next();
        }
    }

    int removeExpired(long nowMillis, int limit) throws SQLException {
        removeExpired.setLong(1, nowMillis);
        removeExpired.setLong(2, limit);
        return removeExpired.executeUpdate();
    }

    List<Candidate> leastRecent(int limit) throws SQLException {
        List<Candidate> candidates = new ArrayList<>(limit);
        leastRecent.setLong(1, Long.MIN_VALUE);
        leastRecent.setLong(2, limit);
        try (ResultSet row = leastRecent.executeQuery()) {
            while (row.next()) {
                candidates.add(new Candidate(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
            }
        }
        return candidates;
    }

    void touch(long prefix, long usedAt) throws SQLException {
        touch.setLong(1, usedAt);
        touch.setLong(2, prefix);
        touch.setLong(3, usedAt);
        touch.executeUpdate();
    }

    /** Returns how much there is; what the file occupies only if {@code withOccupied}, because that costs more. */
    Totals totals(boolean withOccupied) throws SQLException {
        long occupied = withOccupied ? (pages() - freePages() - Schema.EMPTY_PAGES) * Connections.PAGE_SIZE : 0;
        try (ResultSet row = totals.executeQuery()) {
            return row.next() ? new Totals(row.getLong(1), row.getLong(2), occupied) : Totals.NONE;
        }
    }

    /** Returns how many pages the file has. */
    long pages() throws SQLException {
        return number(pages);
    }

    /** Returns how many of them are in no use. */
    long freePages() throws SQLException {
        return number(freePages);
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Returns the state of the WAL, which this leaves as it is. Outside of transactions. */
    Checkpointer.Wal wal() throws SQLException {
        try (ResultSet row = wal.executeQuery()) {
            return row.next() ? new Checkpointer.Wal(row.getLong(2), row.getLong(3)) : new Checkpointer.Wal(0, 0);
        }
    }

    /** Executes a checkpoint, and returns whether nobody was in its way. Outside of transactions. */
    boolean checkpoint(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getLong(1) == 0;
        }
    }

    /** Reads one row, for nothing but to see whether it can be read. */
    void readRow(long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.FIND_BY_ID)) {
            statement.setLong(1, id);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    StoredRow.read(row);
                }
            }
        }
    }

    /** Reads an index to its end, likewise. */
    void readIndex(Deadline deadline) throws SQLException {
        new Ids().readByRecency(connection, deadline);
    }

    /** Returns the latest use that the file knows of, or 0. */
    long lastUsedAt() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.LAST_USED_AT)) {
            statement.setLong(1, Long.MAX_VALUE);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** Executes a statement that works as long as it is asked for rows, and wants none of them. */
    void runToEnd(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (statement.execute()) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        // Asking is what makes it go on.
                    }
                }
            }
        }
    }

    /** Closes the connection, and its statements with it. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
