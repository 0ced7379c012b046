package dev.larder.cache.tiered;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreProvider;
import dev.larder.cache.CacheStores;
import dev.larder.cache.StoreSpec;
import dev.larder.cache.tiered.TieredCacheStore.FarWrites;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;

/**
 * Opens {@code tiered:?farWrites=behind&restAfter=5&restFor=10s&warmUp=1000,memory:,sqlite:PATH}: a {@link
 * TieredCacheStore} over the stores that follow, nearest first. All options may be left out, and so may the element
 * with them. Three stores and more nest: each is near to all that follow it, with the same options.
 */
public final class TieredCacheStoreProvider implements CacheStoreProvider {
    /** For {@link java.util.ServiceLoader}. */
    public TieredCacheStoreProvider() {}

    @Override
    public String scheme() {
        return "tiered";
    }

    @Override
    public CacheStore open(StoreSpec spec) {
        TierOptions options = read(spec);
        spec.rejectLocation();
        spec.rejectUnknownOptions();
        List<StoreSpec> tiers = spec.tiers();
        if (tiers.size() < 2) {
            throw new IllegalArgumentException("tiered combines two stores or more, but got "
                    + (tiers.isEmpty() ? "none" : "only '" + tiers.get(0) + "'")
                    + ": write tiered:,memory:,sqlite:PATH or just memory:,sqlite:PATH");
        }
        CacheStore store = CacheStores.open(tiers.get(tiers.size() - 1));
        for (int i = tiers.size() - 2; i >= 0; i--) {
            store = openBefore(tiers.get(i), store, options);
        }
        return store;
    }

    private static CacheStore openBefore(StoreSpec spec, CacheStore far, TierOptions options) {
        CacheStore near = null;
        try {
            near = CacheStores.open(spec);
            return new TieredCacheStore(near, far, options);
        } catch (RuntimeException | Error e) {
            if (near != null) {
                closeAfter(e, near);
            }
            closeAfter(e, far);
            throw e;
        }
    }

    private static void closeAfter(Throwable failure, CacheStore store) {
        try {
            store.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static TierOptions read(StoreSpec spec) {
        TierOptions defaults = TierOptions.DEFAULTS;
        OptionalLong restAfter = spec.number("restAfter");
        return new TierOptions(
                spec.choice("farWrites", FarWrites.class).orElse(defaults.farWrites()),
                (int) Math.min(restAfter.orElse(defaults.restAfter()), Integer.MAX_VALUE),
                spec.duration("restFor").orElse(defaults.restFor()),
                warmUpEntries(spec),
                spec.clock());
    }

    private static long warmUpEntries(StoreSpec spec) {
        boolean none = spec.text("warmUp").orElse("none").equals("none");
        return none ? 0 : spec.number("warmUp").orElse(0);
    }

    /** Returns memory over SQLite where that is on the class path, or else memory over memory. */
    @Override
    public Map<String, String> samples(Path directory) {
        SortedSet<String> schemes = CacheStores.schemes();
        if (schemes.contains("sqlite") && schemes.contains("memory")) {
            return Map.of(
                    "tiered (memory over sqlite)",
                    "memory:,sqlite:"
                            + StoreSpec.encode(directory.resolve("tiered.db").toString()));
        }
        return Map.of("tiered (memory over memory)", "memory:,memory:");
    }
}
