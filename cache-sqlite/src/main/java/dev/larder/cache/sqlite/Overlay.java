package dev.larder.cache.sqlite;

import dev.larder.cache.CacheKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest accepted put of each key that waits to be written, for readers to see. Readers look here first and then
 * at the file, and the writer commits first and then removes here, so no reader misses both.
 */
final class Overlay {
    private final ConcurrentHashMap<CacheKey, Put> puts = new ConcurrentHashMap<>();

    @Nullable
    Put get(CacheKey key) {
        return puts.get(key);
    }

    /** Under the lock of the queue, so that the order of puts is the same here and there. */
    void add(Put put) {
        puts.put(put.key(), put);
    }

    /** Removes the put, unless a later one has taken its place. */
    void remove(Put put) {
        puts.remove(put.key(), put);
    }

    /** Returns what waits now, the latest first. */
    List<Put> snapshot() {
        List<Put> snapshot = new ArrayList<>(puts.values());
        snapshot.sort(Comparator.comparingLong((Put put) -> put.row().usedAt()).reversed());
        return snapshot;
    }
}
