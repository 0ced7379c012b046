package dev.larder.perf.peers;

import dev.larder.cache.tck.CacheStoreContract;
import dev.larder.cache.tck.StoreFixture;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Run by {@code -Dlarder.peers.contract=true}: it takes long, and {@link MvStoreContractTest} covers what peers share. */
@EnabledIfSystemProperty(named = "larder.peers.contract", matches = "true")
class MapDbContractTest extends CacheStoreContract {
    @Override
    protected StoreFixture fixture() {
        return new PeerFixture(Peer.MAPDB);
    }
}
