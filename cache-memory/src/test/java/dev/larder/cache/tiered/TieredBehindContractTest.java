package dev.larder.cache.tiered;

import dev.larder.cache.CacheStore;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.memory.MemoryCacheStore;
import dev.larder.cache.tck.CacheStoreContract;
import dev.larder.cache.tck.StoreFixture;
import dev.larder.cache.tiered.TieredCacheStore.FarWrites;
import java.time.InstantSource;
import java.util.Set;

/** Written behind through the queue of the tiers, in front of it a near store that forgets most of what it gets. */
final class TieredBehindContractTest extends CacheStoreContract {
    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {
            @Override
            public CacheStore open(InstantSource clock) {
                CacheStore near =
                        MemoryCacheStore.newBuilder().maxEntries(3).clock(clock).build();
                CacheStore far = new BlockingStore(
                        MemoryCacheStore.newBuilder().clock(clock).build());
                return TieredCacheStore.newBuilder(near, far)
                        .farWrites(FarWrites.BEHIND)
                        .clock(clock)
                        .build();
            }

            @Override
            public Set<StoreCapability> capabilities() {
                return Set.of(StoreCapability.ASYNC_PUTS);
            }
        };
    }
}
