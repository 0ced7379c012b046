package dev.larder.perf.peers;

import dev.larder.cache.tck.CacheStoreContract;
import dev.larder.cache.tck.StoreFixture;

class MvStoreContractTest extends CacheStoreContract {
    @Override
    protected StoreFixture fixture() {
        return new PeerFixture(Peer.MVSTORE);
    }
}
