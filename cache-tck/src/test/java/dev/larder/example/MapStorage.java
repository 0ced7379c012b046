package dev.larder.example;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What outlives a {@link MapCacheStore}. */
public final class MapStorage {
    /** An entry with the sum that tells whether it is damaged, and when it was last used. Compared by identity. */
    public static final class Slot {
        private final CacheEntry entry;
        private final int sum;
        private final AtomicLong usedAt;

        private Slot(CacheEntry entry, int sum, long usedAt) {
            this.entry = entry;
            this.sum = sum;
            this.usedAt = new AtomicLong(usedAt);
        }

        static Slot of(CacheEntry entry, long usedAt) {
            return new Slot(entry, entry.hashCode(), usedAt);
        }

        CacheEntry entry() {
            return entry;
        }

        AtomicLong usedAt() {
            return usedAt;
        }

        boolean isDamaged() {
            return entry.hashCode() != sum;
        }
    }

    final Map<CacheKey, Slot> slots = new ConcurrentHashMap<>();
    final AtomicLong uses = new AtomicLong();

    /** Spoils the entry under {@code key}. */
    public boolean damage(CacheKey key) {
        return slots.computeIfPresent(key, (k, slot) -> new Slot(slot.entry, slot.sum + 1, 0)) != null;
    }
}
