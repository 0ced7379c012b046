package dev.larder.perf.scenarios.chaos;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreCapability;
import dev.larder.perf.suite.ForwardingStore;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A store that has bad times, in each of which it does no more than a store may: it throws any kind of exception that
 * there is, or answers late. What it keeps meanwhile is what it kept before, and nothing that it returns is wrong.
 */
final class MoodyStore extends ForwardingStore {
    /** How long it stalls: some times as long as a client waits for it. */
    static final Duration STALL = Duration.ofMillis(600);

    private static final CacheStoreException.Kind[] KINDS = CacheStoreException.Kind.values();

    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong troubled = new AtomicLong();
    // Those that stall wait for it, so that none is left over when better times come.
    private volatile CountDownLatch better = new CountDownLatch(1);
    private volatile Mood mood = Mood.HEALTHY;

    MoodyStore(CacheStore store) {
        super(store);
    }

    /** From now on it behaves so. Calls that stall go on. */
    void mood(Mood next) {
        CountDownLatch over = better;
        better = new CountDownLatch(1);
        mood = next;
        over.countDown();
    }

    /** Returns how many calls have met with trouble so far. */
    long troubled() {
        return troubled.get();
    }

    /**
     * Throws, or waits. Of two calls that stall one gives up at its deadline, as a store must; the other does not look at
     * it, as one may that hangs in a system call.
     */
    private void suffer(Deadline deadline) {
        Mood now = mood;
        if (now == Mood.HEALTHY) {
            return;
        }
        long number = calls.getAndIncrement();
        troubled.incrementAndGet();
        if (now == Mood.FAILING) {
            CacheStoreException.Kind kind = KINDS[(int) (number % KINDS.length)];
            throw new CacheStoreException(kind, "planted: " + kind);
        }
        boolean honest = number % 2 == 0;
        Duration remaining = deadline.remaining();
        Duration patience = honest && remaining.compareTo(STALL) < 0 ? remaining : STALL;
        try {
            better.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheStoreException(CacheStoreException.Kind.TIMEOUT, "interrupted while it stalled", e);
        }
    }

    @Override
    public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
        suffer(deadline);
        return super.get(key, deadline);
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
        suffer(deadline);
        super.put(key, entry, deadline);
    }

    /** A store that accepts puts without waiting has its trouble with them later; of a failure the stage tells. */
    @Override
    public CompletionStage<@Nullable Void> putAsync(CacheKey key, CacheEntry entry, Deadline deadline) {
        try {
            suffer(deadline);
        } catch (CacheStoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        return super.putAsync(key, entry, deadline);
    }

    @Override
    public boolean remove(CacheKey key, Deadline deadline) {
        suffer(deadline);
        return super.remove(key, deadline);
    }

    @Override
    public long removeTagged(String tag, Deadline deadline) {
        suffer(deadline);
        return super.removeTagged(tag, deadline);
    }

    @Override
    public void clear(Deadline deadline) {
        suffer(deadline);
        super.clear(deadline);
    }

    @Override
    public Map<CacheKey, CacheEntry> getAll(Set<CacheKey> keys, Deadline deadline) {
        suffer(deadline);
        return super.getAll(keys, deadline);
    }

    @Override
    public void putAll(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
        suffer(deadline);
        super.putAll(entries, deadline);
    }

    @Override
    public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        suffer(deadline);
        super.scan(visitor, deadline);
    }

    @Override
    public void flush(Deadline deadline) {
        suffer(deadline);
        super.flush(deadline);
    }

    /** It does wait, whatever the store inside it promises. */
    @Override
    public Set<StoreCapability> capabilities() {
        Set<StoreCapability> capabilities = EnumSet.noneOf(StoreCapability.class);
        capabilities.addAll(super.capabilities());
        capabilities.remove(StoreCapability.IMMEDIATE);
        capabilities.remove(StoreCapability.ASYNC_PUTS);
        return capabilities;
    }
}
