package dev.larder.cache.sqlite;

import dev.larder.cache.CacheKey;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * An entry as the writer binds it, encoded by the caller's thread.
 *
 * @param keyRest a hash of the key after its prefix
 * @param deleteAt milliseconds since 1970, rounded up
 * @param size what the entry counts for in {@code maxBytes}
 * @param tags the {@linkplain TagName bytes} of each tag
 */
record EntryRow(
        CacheKey key,
        byte[] keyBytes,
        long keyRest,
        long deleteAt,
        long usedAt,
        long size,
        byte[] header,
        byte[] data,
        List<byte[]> tags) {

    /** Binds what {@link Sql#PUT} takes, in its order, to the parameters from {@code first} on. */
    void bind(PreparedStatement statement, int first) throws SQLException {
        int at = first;
        statement.setLong(at++, key.prefix());
        statement.setLong(at++, keyRest);
        statement.setBytes(at++, keyBytes);
        statement.setLong(at++, deleteAt);
        statement.setLong(at++, usedAt);
        statement.setLong(at++, size);
        statement.setLong(at++, tags.size());
        statement.setBytes(at++, header);
        statement.setBytes(at, data);
    }
}
