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
    // Whether nothing will have to go for so long that it does not matter who was used: the store is less than half
    // full.
    // To note a use takes five times as long as the lookup, and more with every processor (12 ns, and 43 to 150 ns).
    private volatile boolean isRoomy = true;

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
        long now = clock.look();
        Slot slot = isRoomy ? cache.policy().getIfPresentQuietly(key) : null;
        if (slot == null) {
            // Of an entry that has ended, this frees the memory.
            slot = cache.getIfPresent(key);
        }
        return slot == null || clock.isExpired(slot, now) ? null : slot.entry;
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
        long entries = cache.estimatedSize();
        long occupied = bytes.sum();
        if (bounds.areExceededBy(entries, occupied)) {
            cache.cleanUp();
        }
        boolean roomy = !bounds.areExceededBy(2 * entries, 2 * occupied);
        if (roomy != isRoomy) {
            isRoomy = roomy;
        }
    }

    /** Erases the entry under {@code key}, and returns whether it could still have been served. */
    boolean remove(CacheKey key) {
        clock.look();
        Slot slot = cache.asMap().remove(key);
        return slot != null && !clock.isExpired(slot);
    }

    long removeTagged(String tag) {
        clock.look();
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
        clock.look();
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
        clock.look();
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
