package com.example.store;

import dev.larder.cache.StoreCapability;
import dev.larder.cache.tck.CacheStoreContract;
import dev.larder.cache.tck.StoreFixture;

/** Proves that the map keeps the contract. */
// tag::contract[]
class MapCacheStoreContractTest extends CacheStoreContract {
    @Override
    protected StoreFixture fixture() {
        return StoreFixture.ofSpec("map:", StoreCapability.IMMEDIATE, StoreCapability.ASYNC_PUTS);
    }
}
// end::contract[]
