package dev.larder.perf.peers;

import dev.larder.cache.CacheKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.HTreeMap;
import org.mapdb.Serializer;

/**
 * MapDB's hash map with its write-ahead log, since without one a file that was not closed is lost as a whole. What was
 * written is committed every second by a thread of its own, as MVStore does by itself, and the log is not synced. A commit
 * for each write took 4 ms where files are in memory, and 7 ms on a disk.
 *
 * <p>The file is mapped into memory, as its book advises where addresses have 64 bits. Writes come one after another: a
 * transaction of MapDB has in it whatever all threads have changed, so half of another thread's write could be committed.
 */
final class MapDbShelf implements Shelf {
    private static final long COMMITTED_EVERY_MILLIS = 1000;

    private final DB db;
    private final HTreeMap<byte[], byte[]> map;
    private final Object write = new Object();
    private final ScheduledExecutorService committer;
    // Guarded by write.
    private @Nullable RuntimeException failure;

    private MapDbShelf(DB db) {
        this.db = db;
        this.map = db.hashMap("entries")
                .keySerializer(Serializer.BYTE_ARRAY)
                .valueSerializer(Serializer.BYTE_ARRAY)
                .createOrOpen();
        this.committer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "mapdb-commit");
            thread.setDaemon(true);
            return thread;
        });
    }

    static Shelf open(Path directory) {
        MapDbShelf shelf =
                new MapDbShelf(DBMaker.fileDB(directory.resolve("entries.mapdb").toFile())
                        .fileMmapEnableIfSupported()
                        .transactionEnable()
                        .fileSyncDisable()
                        .make());
        shelf.beginCommitting();
        return shelf;
    }

    private void beginCommitting() {
        ScheduledFuture<?> unused = committer.scheduleWithFixedDelay(
                this::commitInBackground, COMMITTED_EVERY_MILLIS, COMMITTED_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void commitInBackground() {
        synchronized (write) {
            try {
                db.commit();
            } catch (RuntimeException e) {
                // The next write fails by it.
                failure = e;
            }
        }
    }

    private void write(Runnable change) {
        synchronized (write) {
            if (failure != null) {
                throw failure;
            }
            change.run();
        }
    }

    @Override
    public byte @Nullable [] get(CacheKey key) {
        return map.get(key.bytes());
    }

    @Override
    public void put(CacheKey key, byte[] value) {
        write(() -> map.put(key.bytes(), value));
    }

    @Override
    public void putAll(Map<CacheKey, byte[]> values) {
        write(() -> values.forEach((key, value) -> map.put(key.bytes(), value)));
    }

    @Override
    public void remove(CacheKey key) {
        write(() -> map.remove(key.bytes()));
    }

    @Override
    public void clear() {
        write(map::clear);
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
        write(db::commit);
    }

    @Override
    public void close() throws InterruptedException {
        committer.shutdown();
        try {
            if (!committer.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("a commit does not end");
            }
            write(db::commit);
        } finally {
            db.close();
        }
    }
}
