package dev.larder.perf.before;

import dev.larder.cache.tck.CacheStoreContract;
import dev.larder.cache.tck.StoreFixture;

class BeforeContractTest extends CacheStoreContract {
    @Override
    protected StoreFixture fixture() {
        return new BeforeFixture();
    }
}
