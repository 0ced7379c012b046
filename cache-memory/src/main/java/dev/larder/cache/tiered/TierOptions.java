package dev.larder.cache.tiered;

import dev.larder.cache.tiered.TieredCacheStore.FarWrites;
import java.time.Duration;
import java.time.InstantSource;

/** How two tiers work together. Refuses bad values when made, before a store is opened that would use them. */
record TierOptions(FarWrites farWrites, int restAfter, Duration restFor, long warmUpEntries, InstantSource clock) {
    static final TierOptions DEFAULTS =
            new TierOptions(FarWrites.THROUGH, 5, Duration.ofSeconds(10), 0, InstantSource.system());

    TierOptions {
        if (restAfter < 1) {
            throw new IllegalArgumentException("restAfter of a tiered store is at least 1, not " + restAfter);
        }
        if (restFor.isNegative() || restFor.isZero()) {
            throw new IllegalArgumentException("restFor of a tiered store is longer than nothing, not " + restFor);
        }
        if (warmUpEntries < 0) {
            throw new IllegalArgumentException("a tiered store warms up with 0 entries or more, not " + warmUpEntries);
        }
    }

    boolean behind() {
        return farWrites == FarWrites.BEHIND;
    }

    TierOptions withFarWrites(FarWrites changed) {
        return new TierOptions(changed, restAfter, restFor, warmUpEntries, clock);
    }

    TierOptions withRestAfter(int changed) {
        return new TierOptions(farWrites, changed, restFor, warmUpEntries, clock);
    }

    TierOptions withRestFor(Duration changed) {
        return new TierOptions(farWrites, restAfter, changed, warmUpEntries, clock);
    }

    TierOptions withWarmUpEntries(long changed) {
        return new TierOptions(farWrites, restAfter, restFor, changed, clock);
    }

    TierOptions withClock(InstantSource changed) {
        return new TierOptions(farWrites, restAfter, restFor, warmUpEntries, changed);
    }
}
