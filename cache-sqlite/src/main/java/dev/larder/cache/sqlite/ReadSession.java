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
 * A connection that only reads, and its kept statements. For one thread at a time.
 *
 * <p>Every method leaves no cursor and no transaction behind: an open one would keep the WAL from ever starting anew.
 */
final class ReadSession implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement find;
    private final PreparedStatement findById;
    private final PreparedStatement begin;
    private final PreparedStatement commit;

    /** Takes over the connection. */
    ReadSession(Connection connection) throws SQLException {
        this.connection = connection;
        find = connection.prepareStatement(Sql.FIND);
        findById = connection.prepareStatement(Sql.FIND_BY_ID);
        begin = connection.prepareStatement(Sql.BEGIN_READ);
        commit = connection.prepareStatement(Sql.COMMIT);
    }

    /** Returns the row of {@code key}, or else one whose key begins alike, or null. */
    @Nullable
    StoredRow find(CacheKey key) throws SQLException {
        find.setLong(1, key.prefix());
        try (ResultSet rows = find.executeQuery()) {
            return StoredRow.read(rows, key);
        }
    }

    /** Returns the rows under the prefixes of {@code keys}, all of one state of the file. */
    Map<CacheKey, StoredRow> findAll(List<CacheKey> keys) throws SQLException {
        return inTransaction(() -> {
            Map<CacheKey, StoredRow> found = new LinkedHashMap<>();
            for (CacheKey key : keys) {
                StoredRow row = find(key);
                if (row != null) {
                    found.put(key, row);
                }
            }
            return found;
        });
    }

    /** Collects the ids of all rows, the most recently used first. What fails halfway leaves what it has collected. */
    void idsByRecency(Ids ids, Deadline deadline) throws SQLException {
        ids.readByRecency(connection, deadline);
    }

    /** Returns the rows from {@code ids[from]} on, in that order, until {@code to} or {@code maxBytes} is reached. */
    Batch findByIds(long[] ids, int from, int to, long maxBytes) throws SQLException {
        return inTransaction(() -> {
            List<ScannedRow> rows = new ArrayList<>();
            long bytes = 0;
            int next = from;
            while (next < to && bytes < maxBytes) {
                findById.setLong(1, ids[next++]);
                try (ResultSet row = findById.executeQuery()) {
                    if (row.next()) {
                        StoredRow stored = StoredRow.read(row);
                        bytes += stored.header().length + stored.data().length;
                        rows.add(new ScannedRow(row.getLong(5), stored));
                    }
                }
            }
            return new Batch(rows, next);
        });
    }

    private interface Reads<T> {
        T run() throws SQLException;
    }

    private <T> T inTransaction(Reads<T> reads) throws SQLException {
        begin.executeUpdate();
        T result;
        try {
            result = reads.run();
        } catch (SQLException e) {
            try {
                commit.executeUpdate();
            } catch (SQLException ended) {
                // After some errors SQLite ends the transaction by itself.
                e.addSuppressed(ended);
            }
            throw e;
        }
        commit.executeUpdate();
        return result;
    }

    /** Closes the connection, and its statements with it. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Rows, and the position after the last id that was looked up. */
    record Batch(List<ScannedRow> rows, int next) {}

    /** A row, and the prefix it stands under, whatever its key says. */
    record ScannedRow(long prefix, StoredRow row) {}
}
