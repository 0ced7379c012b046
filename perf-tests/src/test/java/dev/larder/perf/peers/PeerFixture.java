package dev.larder.perf.peers;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.tck.StoreFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** A peer in a directory of its own, whose entries are damaged through the library itself. */
final class PeerFixture extends StoreFixture {
    // Closing syncs, and the kit closes hundreds of stores: where the system keeps files in memory, that costs nothing.
    private static final Path FAST = Path.of("/dev/shm");

    private final Peer peer;
    private final Path directory;

    PeerFixture(Peer peer) {
        this.peer = peer;
        try {
            directory = Files.isWritable(FAST)
                    ? Files.createTempDirectory(FAST, "larder-peer-")
                    : Files.createTempDirectory("larder-peer-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CacheStore open(InstantSource clock) {
        return peer.open(directory, clock);
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return Set.of(StoreCapability.PERSISTENT);
    }

    @Override
    public boolean damage(CacheKey key) {
        try (Shelf shelf = peer.openShelf(directory)) {
            byte[] bytes = shelf.get(key).clone();
            bytes[bytes.length - 1]++;
            shelf.put(key, bytes);
            return true;
        } catch (Exception e) {
            throw new AssertionError("cannot damage an entry in " + directory, e);
        }
    }

    @Override
    public void destroy() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
