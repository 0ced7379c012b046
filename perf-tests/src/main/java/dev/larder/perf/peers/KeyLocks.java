package dev.larder.perf.peers;

import dev.larder.cache.CacheKey;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Locks for keys, some keys sharing one: those who read a key, or write other ones, do not wait for each other.
 *
 * <p>Whoever takes several takes them in the order in which they are returned, so that nobody waits in a circle.
 */
final class KeyLocks {
    // Many times the threads that can run at once, so that two seldom meet.
    private static final int COUNT = 64;

    private final List<ReadWriteLock> locks = Stream.generate(() -> (ReadWriteLock) new ReentrantReadWriteLock())
            .limit(COUNT)
            .toList();

    List<Lock> toRead(CacheKey key) {
        return List.of(locks.get(index(key)).readLock());
    }

    List<Lock> toRead(Collection<CacheKey> keys) {
        return indexes(keys).mapToObj(index -> locks.get(index).readLock()).toList();
    }

    /** Returns a lock that keeps everything from being closed, and nobody from reading. */
    List<Lock> toLookAround() {
        return List.of(locks.get(0).readLock());
    }

    List<Lock> toWrite(CacheKey key) {
        return List.of(locks.get(index(key)).writeLock());
    }

    List<Lock> toWrite(Collection<CacheKey> keys) {
        return indexes(keys).mapToObj(index -> locks.get(index).writeLock()).toList();
    }

    List<Lock> all() {
        return locks.stream().map(ReadWriteLock::writeLock).toList();
    }

    /** Returns at least one, so that whoever holds them keeps everything from being closed. */
    private static IntStream indexes(Collection<CacheKey> keys) {
        return keys.isEmpty()
                ? IntStream.of(0)
                : keys.stream().mapToInt(KeyLocks::index).distinct().sorted();
    }

    private static int index(CacheKey key) {
        return Math.floorMod(key.hashCode(), COUNT);
    }
}
