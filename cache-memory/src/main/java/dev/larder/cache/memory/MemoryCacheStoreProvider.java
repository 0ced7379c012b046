package dev.larder.cache.memory;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreProvider;
import dev.larder.cache.StoreSpec;

/** Opens {@code memory:?maxBytes=64MiB&maxEntries=10000}, a {@link MemoryCacheStore}; both options may be left out. */
public final class MemoryCacheStoreProvider implements CacheStoreProvider {
    /** For {@link java.util.ServiceLoader}. */
    public MemoryCacheStoreProvider() {}

    @Override
    public String scheme() {
        return "memory";
    }

    @Override
    public CacheStore open(StoreSpec spec) {
        MemoryCacheStore.Builder builder = MemoryCacheStore.newBuilder().clock(spec.clock());
        spec.bytes("maxBytes").ifPresent(builder::maxBytes);
        spec.number("maxEntries").ifPresent(builder::maxEntries);
        spec.rejectLocation();
        spec.rejectUnknownOptions();
        return builder.build();
    }
}
