package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.StoreStats;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the tests ask of a store, to compare it in the end with what the store counted itself.
 *
 * <p>Of a call that ended in an exception nobody knows how much was done before: it widens what is accepted from an
 * exact figure to a range.
 */
final class ObservedStore implements CacheStore {
    private final CacheStore store;
    private final LongAdder found = new LongAdder();
    private final LongAdder absent = new LongAdder();
    private final LongAdder unknownLookups = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder unknownPuts = new LongAdder();
    private final LongAdder removed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Queue<CompletableFuture<Void>> promised = new ConcurrentLinkedQueue<>();

    ObservedStore(CacheStore store) {
        this.store = store;
    }

    @Override
    public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
        CacheEntry entry = observe(() -> store.get(key, deadline), unknownLookups, 1);
        (entry == null ? absent : found).increment();
        return entry;
    }

    @Override
    public Map<CacheKey, CacheEntry> getAll(Set<CacheKey> keys, Deadline deadline) {
        Map<CacheKey, CacheEntry> entries =
                observe(() -> store.getAll(keys, deadline), unknownLookups, keys == null ? 0 : keys.size());
        found.add(entries.size());
        absent.add(keys.size() - entries.size());
        return entries;
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
        observe(() -> store.put(key, entry, deadline), unknownPuts, 1);
        accepted.increment();
    }

    @Override
    public void putAll(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
        observe(() -> store.putAll(entries, deadline), unknownPuts, entries == null ? 0 : entries.size());
        accepted.add(entries.size());
    }

    @Override
    public CompletionStage<@Nullable Void> putAsync(CacheKey key, CacheEntry entry, Deadline deadline) {
        CompletionStage<@Nullable Void> stage = observe(() -> store.putAsync(key, entry, deadline), unknownPuts, 1);
        CompletableFuture<Void> done = new CompletableFuture<>();
        promised.add(done);
        return stage.whenComplete((nothing, failure) -> {
            if (failure == null) {
                accepted.increment();
            } else {
                unknownPuts.increment();
                failed.increment();
            }
            done.complete(null);
        });
    }

    @Override
    public boolean remove(CacheKey key, Deadline deadline) {
        boolean went = observe(() -> store.remove(key, deadline), removed, 0);
        removed.add(went ? 1 : 0);
        return went;
    }

    @Override
    public long removeTagged(String tag, Deadline deadline) {
        return observe(() -> store.removeTagged(tag, deadline), removed, 0);
    }

    @Override
    public void clear(Deadline deadline) {
        observe(() -> store.clear(deadline), removed, 0);
    }

    @Override
    public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        observe(() -> store.scan(visitor, deadline), removed, 0);
    }

    @Override
    public void flush(Deadline deadline) {
        observe(() -> store.flush(deadline), removed, 0);
    }

    @Override
    public StoreStats stats() {
        return store.stats();
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return store.capabilities();
    }

    @Override
    public void close() {
        observe(store::close, removed, 0);
    }

    private void observe(Runnable call, LongAdder unknown, int keys) {
        Boolean done = observe(
                () -> {
                    call.run();
                    return true;
                },
                unknown,
                keys);
        assertThat(done).isTrue();
    }

    private <T extends @Nullable Object> T observe(Supplier<T> call, LongAdder unknown, int keys) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            unknown.add(keys);
            if (e instanceof CacheStoreException) {
                failed.increment();
            }
            throw e;
        }
    }

    /** Fails unless every accepted put came to an end; the store is closed. */
    void checkPromises() {
        for (CompletableFuture<Void> promise : promised) {
            try {
                promise.get(10, TimeUnit.SECONDS);
            } catch (TimeoutException | InterruptedException | ExecutionException e) {
                throw new AssertionError("close() returned before the stage of an accepted putAsync completed", e);
            }
        }
    }

    /** Fails unless the closed store counted what the tests saw it do. {@code damaged}: a test damaged its entries. */
    void checkStats(boolean damaged) {
        StoreStats stats = store.stats();
        long unknown = unknownLookups.sum();
        assertThat(stats.hits())
                .as("hits: keys that get and getAll found")
                .isBetween(found.sum(), found.sum() + unknown);
        assertThat(stats.misses())
                .as("misses: keys that get and getAll did not find")
                .isBetween(absent.sum(), absent.sum() + unknown);
        assertThat(stats.hits() + stats.misses())
                .as("hits + misses: keys looked up")
                .isBetween(found.sum() + absent.sum(), found.sum() + absent.sum() + unknown);
        assertThat(stats.puts())
                .as("puts: entries accepted")
                .isBetween(accepted.sum(), accepted.sum() + unknownPuts.sum());
        assertThat(stats.removals()).as("removals: entries erased").isGreaterThanOrEqualTo(removed.sum());
        assertThat(stats.evictions()).as("evictions").isNotNegative();
        assertThat(stats.corrupt()).as("corrupt").isNotNegative();
        assertThat(stats.failures()).as("failures").isNotNegative();
        assertThat(stats.entries()).as("entries").isNotNegative();
        assertThat(stats.bytes()).as("bytes").isNotNegative();
        if (!capabilities().contains(StoreCapability.BOUNDED)) {
            assertThat(stats.evictions())
                    .as("evictions of a store without bounds")
                    .isZero();
        }
        if (!damaged) {
            assertThat(stats.corrupt()).as("corrupt entries, none was damaged").isZero();
        }
        if (failed.sum() == 0) {
            assertThat(stats.failures()).as("failures, no call had failed").isZero();
        }
    }
}
