package dev.larder.cache.sqlite;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import dev.larder.cache.sqlite.WriteOps.EraseCorruptOp;
import dev.larder.cache.sqlite.WriteOps.ProbeOp;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decodes rows for readers, and has corrupt ones erased, and damage looked into, without making the reader wait. Each
 * is counted once.
 */
final class Scrubber {
    private static final Logger LOGGER = System.getLogger(Scrubber.class.getName());

    /** Beyond so many unreadable keys they are counted again. */
    private static final int MOST_COUNTED = 1 << 16;

    private final Settings settings;
    private final SqliteReaders readers;
    private final SqliteWriter writer;
    private final StatsCounter stats;
    private final Set<Long> erasing = ConcurrentHashMap.newKeySet();
    // Of the epoch beside it, which a repair ends.
    private final Set<Long> unreadable = ConcurrentHashMap.newKeySet();
    private volatile SqliteReaders.Epoch epoch;

    Scrubber(Settings settings, SqliteReaders readers, SqliteWriter writer, StatsCounter stats) {
        this.settings = settings;
        this.readers = readers;
        epoch = readers.epoch();
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

    /** Takes what is under {@code prefix} for lost, and has the writer read the same: that one sees to the damage. */
    void unreadable(long prefix, DamagedFileException damage) {
        if (isNew(prefix)) {
            stats.recordCorrupt();
            log(damage);
        }
        writer.doubt();
        ask(prefix);
    }

    /** Has the writer read something else that could not be read, and waits until it has seen to that. */
    void repair(ProbeOp.Probe probe, DamagedFileException damage, Deadline deadline) {
        log(damage);
        writer.doubt();
        try {
            writer.execute(new ProbeOp(probe, deadline), deadline);
        } catch (CacheStoreException e) {
            LOGGER.log(Level.DEBUG, "sqlite store " + settings.file() + ": damage was not repaired", e);
        }
    }

    @SuppressWarnings("ReferenceEquality") // The epoch that is meant, not one that looks like it.
    private boolean isNew(long prefix) {
        SqliteReaders.Epoch now = readers.epoch();
        if (epoch != now || unreadable.size() >= MOST_COUNTED) {
            epoch = now;
            unreadable.clear();
        }
        return unreadable.add(prefix);
    }

    private void log(DamagedFileException damage) {
        LOGGER.log(Level.DEBUG, "sqlite store " + settings.file() + ": a read missed", damage);
    }

    private void erase(long prefix) {
        if (ask(prefix)) {
            stats.recordCorrupt();
        }
    }

    private boolean ask(long prefix) {
        if (!erasing.add(prefix)) {
            return false;
        }
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
        return true;
    }
}
