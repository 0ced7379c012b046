package dev.larder.perf.suite;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreProvider;
import dev.larder.cache.StoreSpec;

/** All that it takes to bring a store into the suite, beside a line in {@code META-INF/services}. */
public final class MapCacheStoreProvider implements CacheStoreProvider {
    @Override
    public String scheme() {
        return "map";
    }

    @Override
    public CacheStore open(StoreSpec spec) {
        spec.rejectUnknownOptions();
        return new MapCacheStore(spec.clock());
    }
}
