package dev.larder.cache.tiered;

import dev.larder.cache.StoreCapability;
import dev.larder.cache.StoreSpec;
import dev.larder.cache.tck.CacheStoreContract;
import dev.larder.cache.tck.StoreFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class TieredMemoryOverSqliteContractTest extends CacheStoreContract {
    @TempDir
    Path directory;

    @Override
    protected StoreFixture fixture() {
        return StoreFixture.ofSpec(
                "memory:,sqlite:"
                        + StoreSpec.encode(directory.resolve("tiered.db").toString()),
                StoreCapability.PERSISTENT,
                StoreCapability.ASYNC_PUTS);
    }
}
