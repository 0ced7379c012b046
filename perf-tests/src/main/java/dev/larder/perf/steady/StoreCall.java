package dev.larder.perf.steady;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.perf.suite.Call;
import dev.larder.perf.suite.Entries;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One get or put, with everything made ready for it. */
final class StoreCall implements Call {
    /** How long a call may take: as long as the stores themselves allow unless they are told otherwise. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CacheStore store;
    private final long number;
    private final CacheKey key;
    private final @Nullable CacheEntry written;
    private @Nullable CacheEntry found;

    private StoreCall(CacheStore store, long number, CacheKey key, @Nullable CacheEntry written) {
        this.store = store;
        this.number = number;
        this.key = key;
        this.written = written;
    }

    /** Returns the get of the entry of this number. */
    static StoreCall get(CacheStore store, long number, CacheKey key) {
        return new StoreCall(store, number, key, null);
    }

    /** Returns the put of the entry of this number. */
    static StoreCall put(CacheStore store, long number, CacheKey key, CacheEntry entry) {
        return new StoreCall(store, number, key, entry);
    }

    boolean isRead() {
        return written == null;
    }

    @Override
    public void make() {
        Deadline deadline = Deadline.after(PATIENCE);
        if (written == null) {
            found = store.get(key, deadline);
        } else {
            store.put(key, written, deadline);
        }
    }

    /** Returns whether the read found an entry. */
    boolean hasFound() {
        return found != null;
    }

    /** A read that finds nothing is no fault: stores evict. */
    @Override
    public @Nullable String fault() {
        return found == null ? null : Entries.fault(number, found);
    }
}
