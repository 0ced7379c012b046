package dev.larder.cache.memory;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;

/**
 * What the cache keeps under a key: one put of one entry. A new one is made by every put, so it is told apart from
 * earlier and later ones by identity, also where the same entry is put again or under other keys.
 */
final class Slot {
    /**
     * What an entry costs beyond its bytes: its key, the entry with its arrays and instants, and the nodes of the
     * cache. Measured as heap in use after collection with 200,000 entries, on JDK 17 with compressed references.
     */
    static final int ENTRY_OVERHEAD = 324;

    /**
     * What a tag costs beyond its characters: its string and its place in the index. Measured likewise with 100 entries
     * to a tag; it is 323 where every entry has a tag of its own.
     */
    static final int TAG_OVERHEAD = 112;

    final CacheKey key;
    final CacheEntry entry;
    final long deleteAtMillis;

    /** What the entry occupies, the key and overheads included. */
    final long bytes;

    Slot(CacheKey key, CacheEntry entry) {
        this.key = key;
        this.entry = entry;
        this.deleteAtMillis = RetentionClock.floorMillis(entry.deleteAt());
        this.bytes = measure(entry);
    }

    private static long measure(CacheEntry entry) {
        long bytes = (long) ENTRY_OVERHEAD + entry.metadata().length + entry.data().length;
        for (String tag : entry.tags()) {
            bytes += TAG_OVERHEAD + tag.length();
        }
        return bytes;
    }
}
