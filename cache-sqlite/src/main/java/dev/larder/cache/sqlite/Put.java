package dev.larder.cache.sqlite;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import org.jspecify.annotations.Nullable;

/** One put as it waits for the writer. A class of its own identity: the same entry put twice is two puts. */
final class Put {
    private final CacheKey key;
    private final CacheEntry entry;
    private final EntryRow row;
    private final boolean expired;
    private final boolean oversized;

    Put(CacheKey key, CacheEntry entry, EntryRow row, boolean expired, boolean oversized) {
        this.key = key;
        this.entry = entry;
        this.row = row;
        this.expired = expired;
        this.oversized = oversized;
    }

    CacheKey key() {
        return key;
    }

    /** Returns the entry, or null if the put leaves its key without one. */
    @Nullable
    CacheEntry entry() {
        return isKept() ? entry : null;
    }

    EntryRow row() {
        return row;
    }

    boolean isKept() {
        return !expired && !oversized;
    }

    /** Returns whether the bounds refuse the entry. */
    boolean isOversized() {
        return oversized;
    }
}
