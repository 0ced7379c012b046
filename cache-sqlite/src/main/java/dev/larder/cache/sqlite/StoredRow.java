package dev.larder.cache.sqlite;

import dev.larder.cache.CacheKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What the file holds for an entry, as yet unchecked. */
record StoredRow(long id, byte[] key, byte[] header, byte[] data) {
    private static final byte[] NO_BYTES = {};

    /** Reads the columns id, key, header, data of the row under the cursor. */
    static StoredRow read(ResultSet row) throws SQLException {
        return new StoredRow(row.getLong(1), bytes(row, 2), bytes(row, 3), bytes(row, 4));
    }

    /**
     * Reads the row of {@code key} among those that begin like it, or else another of them, or null if there is none.
     */
    static @Nullable StoredRow read(ResultSet rows, CacheKey key) throws SQLException {
        StoredRow other = null;
        while (rows.next()) {
            StoredRow row = read(rows);
            if (key.matches(row.key())) {
                return row;
            }
            other = row;
        }
        return other;
    }

    private static byte[] bytes(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? NO_BYTES : bytes;
    }
}
