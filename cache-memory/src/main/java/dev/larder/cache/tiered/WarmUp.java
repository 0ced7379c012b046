package dev.larder.cache.tiered;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Fills near with what far shows first, which is what was used last. It takes place before anybody can use the tiered
 * store, so nothing is removed or replaced meanwhile; the count and a time bound what it costs.
 */
final class WarmUp implements BiConsumer<CacheKey, CacheEntry> {
    private static final Logger LOG = System.getLogger(WarmUp.class.getName());
    private static final Duration BUDGET = Duration.ofSeconds(2);

    /** Ends a scan. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        Enough() {
            super(null, null, false, false);
        }
    }

    private final CacheStore near;
    private final Deadline deadline;
    private long wanted;

    private WarmUp(CacheStore near, long wanted, Deadline deadline) {
        this.near = near;
        this.wanted = wanted;
        this.deadline = deadline;
    }

    static void run(CacheStore near, CacheStore far, long entries, StatsCounter stats) {
        if (entries == 0) {
            return;
        }
        WarmUp warmUp = new WarmUp(near, entries, Deadline.after(BUDGET));
        try {
            far.scan(warmUp, warmUp.deadline);
        } catch (Enough e) {
            LOG.log(Level.DEBUG, "near tier warmed up with {0} entries", entries);
        } catch (RuntimeException e) {
            stats.recordFailure();
            LOG.log(Level.INFO, "near tier not warmed up to the end", e);
        }
    }

    @Override
    public void accept(CacheKey key, CacheEntry entry) {
        near.put(key, entry, deadline);
        wanted--;
        if (wanted == 0) {
            throw new Enough();
        }
    }
}
