package dev.larder.perf.peers;

import dev.larder.cache.CacheStore;
import java.nio.file.Path;
import java.time.InstantSource;

/** A library that keeps entries on disk, set up as its documentation recommends for a cache that outlives the process. */
public enum Peer {
    /** Ehcache 3: heap over off-heap memory over a persistent disk tier. */
    EHCACHE(
            "ehcache",
            "heap, off-heap and disk; what a process leaves that does not close it is erased",
            EhcacheShelf::open),
    /** The storage engine of the H2 database. */
    MVSTORE("mvstore", "a chunk is written within a second, not synced: as our behind", MvStoreShelf::open),
    /** RocksDB, in native code. */
    ROCKSDB("rocksdb", "each put is in the write-ahead log, not synced: as our committed", RocksDbShelf::open),
    /** MapDB 3. */
    MAPDB("mapdb", "puts are committed to a log every second, not synced: as our behind", MapDbShelf::open);

    private final String label;
    private final String durability;
    private final Opening opening;

    private interface Opening {
        Shelf open(Path directory) throws Exception;
    }

    Peer(String label, String durability, Opening opening) {
        this.label = label;
        this.durability = durability;
        this.opening = opening;
    }

    /** Returns what the peer is called in reports. */
    public String label() {
        return label;
    }

    /** Returns in a few words when a put is safe from what. */
    public String durability() {
        return durability;
    }

    /**
     * Opens the store in {@code directory}, which exists; one that is empty becomes a store.
     *
     * @throws dev.larder.cache.CacheStoreException if the library cannot open it
     */
    public CacheStore open(Path directory, InstantSource clock) {
        return PeerStore.open(this, directory, clock);
    }

    Shelf openShelf(Path directory) throws Exception {
        return opening.open(directory);
    }

    /** Returns the label. */
    @Override
    public String toString() {
        return label;
    }
}
