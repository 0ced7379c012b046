package dev.larder.perf.peers;

import dev.larder.cache.CacheKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map from keys to bytes that a library keeps on disk: what the peers have in common.
 *
 * <p>Any number of threads may use one at once, other than for writes of the same key, which come one after another, and
 * for {@link #close()}, after which nothing is called any more. Whatever the library throws may come out of every method.
 */
interface Shelf extends AutoCloseable {
    byte @Nullable [] get(CacheKey key) throws Exception;

    /** Returns what there is under the keys. The default asks for one after another. */
    default Map<CacheKey, byte[]> getAll(Set<CacheKey> keys) throws Exception {
        Map<CacheKey, byte[]> found = new HashMap<>();
        for (CacheKey key : keys) {
            byte[] value = get(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    void put(CacheKey key, byte[] value) throws Exception;

    /** Puts them all. The default puts one after another. */
    default void putAll(Map<CacheKey, byte[]> values) throws Exception {
        for (Map.Entry<CacheKey, byte[]> value : values.entrySet()) {
            put(value.getKey(), value.getValue());
        }
    }

    void remove(CacheKey key) throws Exception;

    void clear() throws Exception;

    /** Returns every key. One that is neither put nor removed meanwhile is there exactly once. */
    List<CacheKey> keys() throws Exception;

    /** Returns about how many keys there are; may take as long as looking at all of them. */
    long size() throws Exception;

    /** Returns when everything that was put is as durable as the library can make it while it stays open. */
    void flush() throws Exception;

    @Override
    void close() throws Exception;
}
