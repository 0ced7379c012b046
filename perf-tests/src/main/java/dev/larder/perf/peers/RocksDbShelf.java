package dev.larder.perf.peers;

import dev.larder.cache.CacheKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB with what its guide to basic tuning advises: a bloom filter of ten bits a key, a cache of blocks (64 MiB) that
 * has the indexes and filters in it too, and files synced in small steps.
 *
 * <p>Each write is in the write-ahead log when it returns, which is not synced, as is RocksDB's default: it survives the
 * process, not the machine.
 */
final class RocksDbShelf implements Shelf {
    private static final long CACHED_BYTES = 64L << 20;
    private static final int FILTER_BITS = 10;
    private static final long SYNCED_BYTES = 1L << 20;

    // In the order in which they have to be closed.
    private final List<AutoCloseable> owned;
    private final RocksDB db;
    private final WriteOptions notSynced;

    private RocksDbShelf(RocksDB db, WriteOptions notSynced, List<AutoCloseable> owned) {
        this.db = db;
        this.notSynced = notSynced;
        this.owned = owned;
    }

    static Shelf open(Path directory) throws RocksDBException {
        RocksDB.loadLibrary();
        Cache cache = new LRUCache(CACHED_BYTES);
        BloomFilter filter = new BloomFilter(FILTER_BITS);
        Options options = new Options()
                .setCreateIfMissing(true)
                .setBytesPerSync(SYNCED_BYTES)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setFilterPolicy(filter)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true));
        WriteOptions notSynced = new WriteOptions().setSync(false);
        List<AutoCloseable> owned = new ArrayList<>(List.of(notSynced, options, filter, cache));
        try {
            RocksDB db = RocksDB.open(options, directory.toString());
            owned.add(0, db);
            return new RocksDbShelf(db, notSynced, owned);
        } catch (RocksDBException e) {
            notSynced.close();
            options.close();
            filter.close();
            cache.close();
            throw e;
        }
    }

    @Override
    public byte @Nullable [] get(CacheKey key) throws RocksDBException {
        return db.get(key.bytes());
    }

    @Override
    public Map<CacheKey, byte[]> getAll(Set<CacheKey> keys) throws RocksDBException {
        List<CacheKey> asked = List.copyOf(keys);
        if (asked.isEmpty()) {
            // Which it refuses.
            return Map.of();
        }
        List<byte[]> values =
                db.multiGetAsList(asked.stream().map(CacheKey::bytes).toList());
        Map<CacheKey, byte[]> found = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            byte[] value = values.get(i);
            if (value != null) {
                found.put(asked.get(i), value);
            }
        }
        return found;
    }

    @Override
    public void put(CacheKey key, byte[] value) throws RocksDBException {
        db.put(notSynced, key.bytes(), value);
    }

    @Override
    public void putAll(Map<CacheKey, byte[]> values) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            for (Map.Entry<CacheKey, byte[]> value : values.entrySet()) {
                batch.put(value.getKey().bytes(), value.getValue());
            }
            db.write(notSynced, batch);
        }
    }

    @Override
    public void remove(CacheKey key) throws RocksDBException {
        db.delete(notSynced, key.bytes());
    }

    @Override
    public void clear() throws RocksDBException {
        byte[] first = new byte[CacheKey.LENGTH];
        // The end is exclusive: one byte more than any key.
        byte[] end = new byte[CacheKey.LENGTH + 1];
        Arrays.fill(end, (byte) -1);
        db.deleteRange(notSynced, first, end);
    }

    @Override
    public List<CacheKey> keys() throws RocksDBException {
        List<CacheKey> keys = new ArrayList<>();
        try (RocksIterator all = db.newIterator()) {
            for (all.seekToFirst(); all.isValid(); all.next()) {
                keys.add(CacheKey.of(all.key()));
            }
            all.status();
        }
        return keys;
    }

    @Override
    public long size() throws RocksDBException {
        return db.getLongProperty("rocksdb.estimate-num-keys");
    }

    @Override
    public void flush() throws RocksDBException {
        db.flushWal(true);
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : owned) {
            each.close();
        }
    }
}
