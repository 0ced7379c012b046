package dev.larder.perf.peers;

import dev.larder.cache.CacheKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.jspecify.annotations.Nullable;

/**
 * H2's MVStore as it comes: puts change a tree in memory, which a thread of its own writes as a chunk at the end of the
 * file a second later, or when its buffer is full. Chunks are not synced but by {@link #flush}.
 *
 * <p>Nothing is compressed, as in the stores beside it, and 64 MiB of pages are kept in memory instead of 16: ours have as
 * much in the operating system's cache.
 */
final class MvStoreShelf implements Shelf {
    private static final int CACHED_MEBIBYTES = 64;

    private final MVStore store;
    private final MVMap<byte[], byte[]> map;

    private MvStoreShelf(MVStore store) {
        this.store = store;
        this.map = store.openMap(
                "entries",
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    static Shelf open(Path directory) {
        return new MvStoreShelf(new MVStore.Builder()
                .fileName(directory.resolve("entries.mv").toString())
                .cacheSize(CACHED_MEBIBYTES)
                .open());
    }

    @Override
    public byte @Nullable [] get(CacheKey key) {
        return map.get(key.bytes());
    }

    @Override
    public void put(CacheKey key, byte[] value) {
        map.put(key.bytes(), value);
    }

    @Override
    public void remove(CacheKey key) {
        map.remove(key.bytes());
    }

    @Override
    public void clear() {
        map.clear();
    }

    @Override
    public List<CacheKey> keys() {
        List<CacheKey> keys = new ArrayList<>();
        Iterator<byte[]> all = map.keyIterator(null);
        while (all.hasNext()) {
            keys.add(CacheKey.of(all.next()));
        }
        return keys;
    }

    @Override
    public long size() {
        return map.sizeAsLong();
    }

    @Override
    public void flush() {
        store.commit();
        store.sync();
    }

    @Override
    public void close() {
        store.close();
    }
}
