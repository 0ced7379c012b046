package dev.larder.cache.sqlite;

import dev.larder.cache.tck.CacheStoreContract;
import dev.larder.cache.tck.StoreFixture;

class SqliteBehindContractTest extends CacheStoreContract {
    @Override
    protected StoreFixture fixture() {
        return new SqliteFixture(SqliteCacheStore.Durability.BEHIND);
    }
}
