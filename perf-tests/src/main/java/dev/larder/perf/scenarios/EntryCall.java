package dev.larder.perf.scenarios;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.perf.suite.Call;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.Site;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something done with the entries of a store, and what has to be found of it afterwards. */
abstract class EntryCall implements Call {
    // Nothing here takes that long: it only keeps a store that has stopped from holding up the run for ever.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Site site;

    EntryCall(Site site) {
        this.site = site;
    }

    final CacheStore store() {
        return site.store();
    }

    final CacheKey key(long number) {
        return site.key(number);
    }

    static Deadline soon() {
        return Deadline.after(PATIENCE);
    }

    /** Returns so many entries, the first with this number. */
    static Map<CacheKey, CacheEntry> entries(Site site, long first, int count) {
        Map<CacheKey, CacheEntry> entries = new LinkedHashMap<>();
        for (long number = first; number < first + count; number++) {
            entries.put(site.key(number), Entries.of(number, 0));
        }
        return entries;
    }

    /** Returns what is wrong with an entry that was read, null if it is right or gone: others write and remove it. */
    static @Nullable String faultOf(long number, @Nullable CacheEntry found) {
        return found == null ? null : Entries.fault(number, found);
    }

    /** Returns what is wrong with what is kept under a number that nobody has removed; a store with bounds may have. */
    final @Nullable String faultOfKept(long number) {
        return faultOfKept(number, store().get(key(number), soon()));
    }

    final @Nullable String faultOfKept(long number, @Nullable CacheEntry found) {
        if (found == null) {
            return store().stats().evictions() > 0 ? null : "an entry that was put is not there";
        }
        return Entries.fault(number, found);
    }
}
