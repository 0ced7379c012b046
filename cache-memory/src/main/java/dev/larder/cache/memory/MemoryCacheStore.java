package dev.larder.cache.memory;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.StoreStats;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps entries on the heap of this process, within a bound in bytes.
 *
 * <p><b>Bounds.</b> An entry counts with its key, metadata, data, tags and what the objects around them were measured
 * to cost. When a put returns, the store is within its bounds. What is evicted is chosen by recency and frequency: in a
 * full store a new entry may go at once where those that are there are used more often.
 *
 * <p><b>Time.</b> Retention is exact on the store's clock. The memory of an expired entry is freed when later calls
 * find the time to; no thread is kept for that.
 *
 * <p><b>Threads.</b> No call waits, and every call works in its caller's thread: {@link StoreCapability#IMMEDIATE}. A
 * scan shows the hottest entries first, as recency and frequency of use rank them (of use since the store was half full:
 * before that, only puts are noted), and copies the list of entries, not the entries, when it begins.
 *
 * <p>A closed store holds no memory.
 */
public final class MemoryCacheStore implements CacheStore {
    private static final Set<StoreCapability> CAPABILITIES =
            Set.of(StoreCapability.IMMEDIATE, StoreCapability.ASYNC_PUTS, StoreCapability.BOUNDED);

    private final Bounds bounds;
    private final RetentionClock clock;
    private final StatsCounter stats = new StatsCounter();

    // Holds null once closed, which makes "is it open" and "where are the entries" one read. Replaced as a whole by
    // clear: a put under way goes to the old contents, as if it had come before.
    private final AtomicReference<@Nullable Contents> contents;

    private MemoryCacheStore(Builder builder) {
        bounds = Bounds.of(builder.maxBytes, builder.maxEntries);
        clock = new RetentionClock(builder.clock);
        contents = new AtomicReference<>(newContents());
    }

    /** Returns a builder of a store of at most 64 MiB on the system's clock. */
    public static Builder newBuilder() {
        return new Builder();
    }

    @Override
    public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        CacheEntry entry = admit("get", deadline).get(key);
        stats.recordLookup(entry != null);
        return entry;
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(entry, "entry");
        admit("put", deadline).put(key, entry);
        stats.recordPuts(1);
    }

    @Override
    public boolean remove(CacheKey key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        boolean removed = admit("remove", deadline).remove(key);
        if (removed) {
            stats.recordRemovals(1);
        }
        return removed;
    }

    @Override
    public long removeTagged(String tag, Deadline deadline) {
        Objects.requireNonNull(tag, "tag");
        long removed = admit("removeTagged", deadline).removeTagged(tag);
        stats.recordRemovals(removed);
        return removed;
    }

    @Override
    public void clear(Deadline deadline) {
        // Another clear, or close, that gets in between has done the work.
        contents.compareAndSet(admit("clear", deadline), newContents());
    }

    @Override
    public Map<CacheKey, CacheEntry> getAll(Set<CacheKey> keys, Deadline deadline) {
        keys.forEach(key -> Objects.requireNonNull(key, "key"));
        Contents open = admit("getAll", deadline);
        Map<CacheKey, CacheEntry> found = new HashMap<>();
        for (CacheKey key : keys) {
            CacheEntry entry = open.get(key);
            stats.recordLookup(entry != null);
            if (entry != null) {
                found.put(key, entry);
            }
        }
        return found;
    }

    @Override
    public void putAll(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
        entries.forEach((key, entry) -> {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(entry, "entry");
        });
        Contents open = admit("putAll", deadline);
        entries.forEach(open::put);
        stats.recordPuts(entries.size());
    }

    @Override
    public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        Objects.requireNonNull(visitor, "visitor");
        Contents open = admit("scan", deadline);
        for (Slot slot : open.hottest()) {
            refuseExpired("scan", deadline);
            if (!open.isExpired(slot)) {
                visitor.accept(slot.key, slot.entry);
            }
        }
    }

    /** {@inheritDoc} Frees also the memory of what has expired. */
    @Override
    public void flush(Deadline deadline) {
        admit("flush", deadline).cleanUp();
    }

    /** {@inheritDoc} Entries and bytes are zero after {@link #close()}. */
    @Override
    public StoreStats stats() {
        Contents open = contents.get();
        return open == null ? stats.snapshot(0, 0) : stats.snapshot(open.entries(), open.bytes());
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public void close() {
        contents.set(null);
    }

    /** Returns the entries by tag, for tests of what the index holds; null once closed. */
    @Nullable
    TagIndex tags() {
        Contents open = contents.get();
        if (open == null) {
            return null;
        }
        open.cleanUp();
        return open.tags();
    }

    private Contents newContents() {
        return new Contents(bounds, clock, stats);
    }

    private Contents admit(String operation, Deadline deadline) {
        Objects.requireNonNull(deadline, "deadline");
        Contents open = contents.get();
        if (open == null) {
            throw new IllegalStateException("the memory store is closed");
        }
        refuseExpired(operation, deadline);
        return open;
    }

    private void refuseExpired(String operation, Deadline deadline) {
        if (deadline.isExpired()) {
            stats.recordFailure();
            throw new CacheStoreException(
                    CacheStoreException.Kind.TIMEOUT, operation + " on the memory store ran past its deadline");
        }
    }

    /** Builds a {@link MemoryCacheStore}. Not for several threads. */
    public static final class Builder {
        private static final long DEFAULT_MAX_BYTES = 64L << 20;

        private long maxBytes = DEFAULT_MAX_BYTES;
        private long maxEntries = Long.MAX_VALUE;
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Sets how many bytes the entries may occupy together, overheads included; 64 MiB unless set.
         *
         * @throws IllegalArgumentException unless positive
         */
        public Builder maxBytes(long maxBytes) {
            this.maxBytes = positive("maxBytes", maxBytes);
            return this;
        }

        /**
         * Sets how many entries there may be, beside the bound in bytes; no bound unless set.
         *
         * <p>Both bounds hold. To that end an entry takes up at least its share of {@code maxBytes}, one in {@code
         * maxEntries}; where sizes differ much, the store evicts before either bound is reached, though not before one
         * of them is half used.
         *
         * @throws IllegalArgumentException unless positive
         */
        public Builder maxEntries(long maxEntries) {
            this.maxEntries = positive("maxEntries", maxEntries);
            return this;
        }

        /** Sets the clock that retention is measured by; the system's unless set. */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** Returns a new, empty store. */
        public MemoryCacheStore build() {
            return new MemoryCacheStore(this);
        }

        private static long positive(String name, long value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " of a memory store is at least 1, not " + value);
            }
            return value;
        }
    }
}
