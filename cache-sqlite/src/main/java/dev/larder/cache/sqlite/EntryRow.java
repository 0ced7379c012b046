package dev.larder.cache.sqlite;

import dev.larder.cache.CacheKey;
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
        List<byte[]> tags) {}
