package dev.larder.cache.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.StatsCounter;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an open store: the cache, the index of tags, and how many bytes they occupy.
 *
 * <p>The cache runs its maintenance and tells of removals in the thread that causes them. Where several threads write
 * at once, it leaves the maintenance to the next call, so {@link #put} asks for it while a bound is exceeded.
 */
final class Contents {
    private final Bounds bounds;
    private final RetentionClock clock;
    private final StatsCounter stats;
    private final Cache<CacheKey, Slot> cache;
    private final TagIndex tags = new TagIndex();
    private final LongAdder bytes = new LongAdder();

    Contents(Bounds bounds, RetentionClock clock, StatsCounter stats) {
        this.bounds = bounds;
        this.clock = clock;
        this.stats = stats;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(bounds.maxWeight())
                .weigher((CacheKey key, Slot slot) -> bounds.weight(slot))
                .expireAfter(new Retention(clock))
                .ticker(clock)
                .executor(Runnable::run)
                .removalListener(this::left)
                .build();
    }

    @Nullable
    CacheEntry get(CacheKey key) {
        Slot slot = cache.getIfPresent(key);
        return slot == null || clock.isExpired(slot) ? null : slot.entry;
    }

    void put(CacheKey key, CacheEntry entry) {
        Slot slot = new Slot(key, entry);
        if (clock.isExpired(slot)) {
            cache.invalidate(key);
            return;
        }
        tags.add(slot);
        bytes.add(slot.bytes);
        cache.put(key, slot);
        if (bounds.areExceededBy(cache.estimatedSize(), bytes.sum())) {
            cache.cleanUp();
        }
    }

    /** Erases the entry under {@code key}, and returns whether it could still have been served. */
    boolean remove(CacheKey key) {
        Slot slot = cache.asMap().remove(key);
        return slot != null && !clock.isExpired(slot);
    }

    long removeTagged(String tag) {
        long removed = 0;
        for (Slot slot : tags.tagged(tag)) {
            // Only this slot: the key may hold another entry by now.
            if (cache.asMap().remove(slot.key, slot)) {
                removed++;
            }
        }
        return removed;
    }

    /** Returns the slots from the hottest to the coldest by the cache's policy. */
    List<Slot> hottest() {
        return List.copyOf(cache.policy()
                .eviction()
                .orElseThrow()
                .hottest(Integer.MAX_VALUE)
                .values());
    }

    boolean isExpired(Slot slot) {
        return clock.isExpired(slot);
    }

    long entries() {
        return cache.estimatedSize();
    }

    long bytes() {
        return bytes.sum();
    }

    /** Does what is due: evictions, and erasing what has expired. */
    void cleanUp() {
        cache.cleanUp();
    }

    TagIndex tags() {
        return tags;
    }

    private void left(@Nullable CacheKey key, @Nullable Slot slot, RemovalCause cause) {
        // Keys and values are strong references, which do not go missing.
        if (slot != null) {
            tags.remove(slot);
            bytes.add(-slot.bytes);
            if (cause == RemovalCause.SIZE) {
                stats.recordEvictions(1);
            }
        }
    }

    /** Lets each slot expire at its own instant, from whenever it was put. */
    private record Retention(RetentionClock clock) implements Expiry<CacheKey, Slot> {
        @Override
        public long expireAfterCreate(CacheKey key, Slot slot, long currentTime) {
            return Math.max(0, clock.expiryTick(slot) - currentTime);
        }

        @Override
        public long expireAfterUpdate(CacheKey key, Slot slot, long currentTime, long currentDuration) {
            return Math.max(0, clock.expiryTick(slot) - currentTime);
        }

        @Override
        public long expireAfterRead(CacheKey key, Slot slot, long currentTime, long currentDuration) {
            return currentDuration;
        }
    }
}
