package dev.larder.example;

import dev.larder.cache.tck.CacheStoreContract;
import dev.larder.cache.tck.StoreFixture;

/** Proves that the contract can be kept, from a package of its own as every user's test is. */
public class MapCacheStoreContractTest extends CacheStoreContract {
    @Override
    protected StoreFixture fixture() {
        return new MapFixture(MapCacheStore::new);
    }
}
