package dev.larder.cache.tiered;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.StoreStats;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A store whose next call can be held after its work is done and before its caller learns of it. */
class HeldStore implements CacheStore {
    /** One call to be held. */
    static final class Hold {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        void awaitReached() {
            await(reached);
        }

        void release() {
            released.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                if (!latch.await(60, TimeUnit.SECONDS)) {
                    throw new AssertionError("the other thread did not get that far");
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private final CacheStore store;
    private final AtomicReference<@Nullable Hold> next = new AtomicReference<>();

    HeldStore(CacheStore store) {
        this.store = store;
    }

    /** Holds the call that comes next. */
    Hold holdNext() {
        Hold hold = new Hold();
        next.set(hold);
        return hold;
    }

    private <T> T held(T result) {
        Hold hold = next.getAndSet(null);
        if (hold != null) {
            hold.reached.countDown();
            Hold.await(hold.released);
        }
        return result;
    }

    @Override
    public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
        return held(store.get(key, deadline));
    }

    @Override
    public Map<CacheKey, CacheEntry> getAll(Set<CacheKey> keys, Deadline deadline) {
        return held(store.getAll(keys, deadline));
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
        store.put(key, entry, deadline);
        held(true);
    }

    @Override
    public boolean remove(CacheKey key, Deadline deadline) {
        return held(store.remove(key, deadline));
    }

    @Override
    public long removeTagged(String tag, Deadline deadline) {
        return held(store.removeTagged(tag, deadline));
    }

    @Override
    public void clear(Deadline deadline) {
        store.clear(deadline);
        held(true);
    }

    @Override
    public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        store.scan(visitor, deadline);
    }

    @Override
    public StoreStats stats() {
        return store.stats();
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return Set.of();
    }

    @Override
    public void close() {
        store.close();
    }
}
