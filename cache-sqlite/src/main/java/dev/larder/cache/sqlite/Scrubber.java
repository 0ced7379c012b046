package dev.larder.cache.sqlite;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import dev.larder.cache.sqlite.WriteOps.EraseCorruptOp;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Decodes rows for readers, and has corrupt ones erased without making the reader wait. Each is counted once. */
final class Scrubber {
    private final Settings settings;
    private final SqliteWriter writer;
    private final StatsCounter stats;
    private final Set<Long> erasing = ConcurrentHashMap.newKeySet();

    Scrubber(Settings settings, SqliteWriter writer, StatsCounter stats) {
        this.settings = settings;
        this.writer = writer;
        this.stats = stats;
    }

    /** Returns the entry of {@code key}, or null if the row is corrupt or another key's. */
    @Nullable
    CacheEntry decode(CacheKey key, StoredRow row) {
        try {
            return EntryCodec.decode(key, row);
        } catch (CorruptEntryException e) {
            erase(key.prefix());
            return null;
        }
    }

    /** Returns the entry of a row whose key is not known beforehand, or null if it is corrupt. */
    @Nullable
    CacheEntry decode(long prefix, StoredRow row) {
        try {
            return EntryCodec.decode(row);
        } catch (CorruptEntryException e) {
            erase(prefix);
            return null;
        }
    }

    private void erase(long prefix) {
        if (!erasing.add(prefix)) {
            return;
        }
        stats.recordCorrupt();
        EraseCorruptOp op =
                new EraseCorruptOp(prefix, Deadline.after(settings.operationTimeout()), () -> erasing.remove(prefix));
        boolean queued = false;
        try {
            queued = writer.offer(op);
        } finally {
            if (!queued) {
                // The next reader asks again.
                erasing.remove(prefix);
            }
        }
    }
}
