package dev.larder.perf.peers;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.perf.suite.DirectoryFixture;
import java.time.InstantSource;

/** A peer in a directory of its own, whose entries are damaged through the library itself. */
final class PeerFixture extends DirectoryFixture {
    private final Peer peer;

    PeerFixture(Peer peer) {
        this.peer = peer;
    }

    @Override
    public CacheStore open(InstantSource clock) {
        return peer.open(directory(), clock);
    }

    @Override
    public boolean damage(CacheKey key) {
        try (Shelf shelf = peer.openShelf(directory())) {
            byte[] bytes = shelf.get(key).clone();
            bytes[bytes.length - 1]++;
            shelf.put(key, bytes);
            return true;
        } catch (Exception e) {
            throw new AssertionError("cannot damage an entry in " + directory(), e);
        }
    }
}
