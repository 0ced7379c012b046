package dev.larder.cache.sqlite;

import dev.larder.cache.tck.CacheStoreContract;
import dev.larder.cache.tck.StoreFixture;

class SqliteCompressedContractTest extends CacheStoreContract {
    @Override
    protected StoreFixture fixture() {
        return new SqliteFixture(SqliteCacheStore.Durability.COMMITTED, SqliteCacheStore.Compression.ZSTD);
    }
}
