package dev.larder.cache.sqlite;

import dev.larder.cache.CacheStoreException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Accepted puts that failed when nobody waited for them any more, until the next flush tells. */
final class LateFailures {
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private @Nullable CacheStoreException first;
    private long count;

    void add(CacheStoreException failure) {
        lock.lock();
        try {
            if (first == null) {
                first = failure;
            }
            count++;
        } finally {
            lock.unlock();
        }
    }

    /** Returns and forgets what failed since the last call, or null. */
    @Nullable
    CacheStoreException take() {
        lock.lock();
        try {
            CacheStoreException cause = first;
            if (cause == null) {
                return null;
            }
            String message = count + (count == 1 ? " accepted put was" : " accepted puts were")
                    + " not written, the first because: " + cause.getMessage();
            first = null;
            count = 0;
            return new CacheStoreException(cause.kind(), message, cause);
        } finally {
            lock.unlock();
        }
    }
}
