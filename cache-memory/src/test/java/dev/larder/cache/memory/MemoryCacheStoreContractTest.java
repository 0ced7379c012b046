package dev.larder.cache.memory;

import dev.larder.cache.StoreCapability;
import dev.larder.cache.tck.CacheStoreContract;
import dev.larder.cache.tck.StoreFixture;

final class MemoryCacheStoreContractTest extends CacheStoreContract {
    @Override
    protected StoreFixture fixture() {
        return StoreFixture.ofSpec(
                "memory:", StoreCapability.IMMEDIATE, StoreCapability.ASYNC_PUTS, StoreCapability.BOUNDED);
    }
}
