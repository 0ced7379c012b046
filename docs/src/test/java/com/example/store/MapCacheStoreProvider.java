package com.example.store;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreProvider;
import dev.larder.cache.StoreSpec;

/** Opens {@code map:}, a {@link MapCacheStore}. */
// tag::provider[]
public final class MapCacheStoreProvider implements CacheStoreProvider {
    @Override
    public String scheme() {
        return "map";
    }

    @Override
    public CacheStore open(StoreSpec spec) {
        spec.rejectLocation();
        spec.rejectUnknownOptions();
        return new MapCacheStore(spec.clock());
    }
}
// end::provider[]
