package dev.larder.cache.sqlite;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds entries: what waits to be written where it waits, and everything else in the file. Counts each lookup, and
 * notes the use of what is served.
 */
final class Lookups {
    /** Keys read in one transaction, so that none is long. */
    private static final int KEYS_AT_ONCE = 256;

    private final SqliteReaders readers;
    private final Overlay overlay;
    private final Scrubber scrubber;
    private final Recency recency;
    private final StatsCounter stats;
    private final InstantSource clock;

    Lookups(
            SqliteReaders readers,
            Overlay overlay,
            Scrubber scrubber,
            Recency recency,
            StatsCounter stats,
            InstantSource clock) {
        this.readers = readers;
        this.overlay = overlay;
        this.scrubber = scrubber;
        this.recency = recency;
        this.stats = stats;
        this.clock = clock;
    }

    @Nullable
    CacheEntry get(CacheKey key, Deadline limit) {
        Put waiting = overlay.get(key);
        CacheEntry entry = waiting != null ? waiting.entry() : find(key, "get", limit);
        return served(key, entry, clock.instant());
    }

    private @Nullable CacheEntry find(CacheKey key, String operation, Deadline limit) {
        try {
            StoredRow row = readers.readOrNull(operation, limit, session -> session.find(key));
            return row == null ? null : scrubber.decode(key, row);
        } catch (DamagedFileException e) {
            scrubber.unreadable(key.prefix(), e);
            return null;
        }
    }

    Map<CacheKey, CacheEntry> getAll(List<CacheKey> wanted, Deadline limit) {
        Map<CacheKey, CacheEntry> found = new HashMap<>();
        for (int from = 0; from < wanted.size(); from += KEYS_AT_ONCE) {
            limit.check("getAll");
            find(wanted.subList(from, Math.min(wanted.size(), from + KEYS_AT_ONCE)), found, limit);
        }
        Instant now = clock.instant();
        for (CacheKey key : wanted) {
            if (served(key, found.get(key), now) == null) {
                found.remove(key);
            }
        }
        return found;
    }

    private void find(List<CacheKey> keys, Map<CacheKey, CacheEntry> found, Deadline limit) {
        List<CacheKey> inFile = new ArrayList<>(keys.size());
        for (CacheKey key : keys) {
            Put waiting = overlay.get(key);
            if (waiting == null) {
                inFile.add(key);
            } else if (waiting.entry() != null) {
                found.put(key, waiting.entry());
            }
        }
        if (inFile.isEmpty()) {
            return;
        }
        try {
            readers.read("getAll", limit, session -> session.findAll(inFile)).forEach((key, row) -> {
                CacheEntry entry = scrubber.decode(key, row);
                if (entry != null) {
                    found.put(key, entry);
                }
            });
        } catch (DamagedFileException e) {
            // Each by itself: only those are missed that lie in the damage.
            for (CacheKey key : inFile) {
                limit.check("getAll");
                CacheEntry entry = find(key, "getAll", limit);
                if (entry != null) {
                    found.put(key, entry);
                }
            }
        }
    }

    /** Counts the lookup and notes the use; returns null if the entry may not be served. */
    private @Nullable CacheEntry served(CacheKey key, @Nullable CacheEntry entry, Instant now) {
        boolean served = entry != null && !entry.isExpiredAt(now);
        stats.recordLookup(served);
        if (!served) {
            return null;
        }
        recency.note(key.prefix(), now);
        return entry;
    }
}
