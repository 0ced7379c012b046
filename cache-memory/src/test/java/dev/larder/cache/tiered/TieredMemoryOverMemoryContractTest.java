package dev.larder.cache.tiered;

import dev.larder.cache.StoreCapability;
import dev.larder.cache.tck.CacheStoreContract;
import dev.larder.cache.tck.StoreFixture;

final class TieredMemoryOverMemoryContractTest extends CacheStoreContract {
    @Override
    protected StoreFixture fixture() {
        return StoreFixture.ofSpec("memory:,memory:", StoreCapability.IMMEDIATE, StoreCapability.ASYNC_PUTS);
    }
}
