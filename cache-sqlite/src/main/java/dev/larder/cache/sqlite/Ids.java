package dev.larder.cache.sqlite;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The ids of rows, 8 bytes each. For one thread. */
final class Ids {
    private static final int BETWEEN_LOOKS_AT_THE_CLOCK = 4096;

    private long[] ids = new long[1024];
    private int count;

    /**
     * Collects the ids of all rows, the most recently used first, instead of what was there before. What fails halfway
     * leaves what it has collected.
     *
     * @throws CacheStoreException TIMEOUT past the deadline
     */
    void readByRecency(Connection connection, Deadline deadline) throws SQLException {
        count = 0;
        long last = Long.MAX_VALUE;
        try (PreparedStatement statement = connection.prepareStatement(Sql.IDS_BY_RECENCY)) {
            statement.setLong(1, Long.MAX_VALUE);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long usedAt = row.getLong(2);
                    if (usedAt > last) {
                        // SQLite does not look for that, and such an index may lead in circles.
                        throw new SQLiteException("an index is out of order", SQLiteErrorCode.SQLITE_CORRUPT);
                    }
                    last = usedAt;
                    add(row.getLong(1));
                    if (count % BETWEEN_LOOKS_AT_THE_CLOCK == 0) {
                        deadline.check("scan");
                    }
                }
            }
        }
    }

    private void add(long id) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
        }
        ids[count++] = id;
    }

    long[] toArray() {
        return Arrays.copyOf(ids, count);
    }
}
