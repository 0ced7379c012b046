package dev.larder.perf.peers;

import dev.larder.cache.CacheKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.HTreeMap;
import org.mapdb.Serializer;

/**
 * MapDB's hash map with its write-ahead log, since without one a file that was not closed is lost as a whole. A write is
 * one transaction, and the log is not synced: it survives the process, not the machine.
 *
 * <p>The file is mapped into memory, as its book advises where addresses have 64 bits. Writes come one after another: a
 * transaction of MapDB has in it whatever all threads have changed, so half of another thread's write could be committed.
 */
final class MapDbShelf implements Shelf {
    private final DB db;
    private final HTreeMap<byte[], byte[]> map;
    private final Object write = new Object();

    private MapDbShelf(DB db) {
        this.db = db;
        this.map = db.hashMap("entries")
                .keySerializer(Serializer.BYTE_ARRAY)
                .valueSerializer(Serializer.BYTE_ARRAY)
                .createOrOpen();
    }

    static Shelf open(Path directory) {
        return new MapDbShelf(DBMaker.fileDB(directory.resolve("entries.mapdb").toFile())
                .fileMmapEnableIfSupported()
                .transactionEnable()
                .fileSyncDisable()
                .make());
    }

    @Override
    public byte @Nullable [] get(CacheKey key) {
        return map.get(key.bytes());
    }

    @Override
    public void put(CacheKey key, byte[] value) {
        synchronized (write) {
            map.put(key.bytes(), value);
            db.commit();
        }
    }

    @Override
    public void putAll(Map<CacheKey, byte[]> values) {
        synchronized (write) {
            values.forEach((key, value) -> map.put(key.bytes(), value));
            db.commit();
        }
    }

    @Override
    public void remove(CacheKey key) {
        synchronized (write) {
            map.remove(key.bytes());
            db.commit();
        }
    }

    @Override
    public void clear() {
        synchronized (write) {
            map.clear();
            db.commit();
        }
    }

    @Override
    public List<CacheKey> keys() {
        List<CacheKey> keys = new ArrayList<>();
        for (byte[] key : map.getKeys()) {
            keys.add(CacheKey.of(key));
        }
        return keys;
    }

    @Override
    public long size() {
        return map.sizeLong();
    }

    @Override
    public void flush() {
        synchronized (write) {
            db.commit();
        }
    }

    @Override
    public void close() {
        db.close();
    }
}
