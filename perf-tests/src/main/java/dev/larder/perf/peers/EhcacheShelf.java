package dev.larder.perf.peers;

import dev.larder.cache.CacheKey;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ehcache.Cache;
import org.ehcache.PersistentCacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.config.units.MemoryUnit;
import org.ehcache.spi.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Ehcache's three tiers: 10,000 entries in the heap, 64 MiB off the heap, and a persistent disk tier of 1 GiB, which is
 * never full here. Expiry is the store's affair: Ehcache's has milliseconds and a clock of its own.
 *
 * <p>{@code getAll} is not used: called by a hundred threads it waited for itself for ever, and others have seen it fail
 * (ehcache3#3305), where the way out is to ask for one after another.
 *
 * <p>Writes to disk come in the background, and there is no way to wait for them but to close: {@link #flush} does nothing.
 */
final class EhcacheShelf implements Shelf {
    private static final String NAME = "entries";
    private static final long HEAP_ENTRIES = 10_000;
    private static final long OFF_HEAP_MEBIBYTES = 64;
    private static final long DISK_GIBIBYTES = 1;

    private final PersistentCacheManager manager;
    private final Cache<CacheKey, byte[]> cache;

    private EhcacheShelf(PersistentCacheManager manager) {
        this.manager = manager;
        this.cache = manager.getCache(NAME, CacheKey.class, byte[].class);
    }

    static Shelf open(Path directory) {
        ResourcePoolsBuilder tiers = ResourcePoolsBuilder.newResourcePoolsBuilder()
                .heap(HEAP_ENTRIES, EntryUnit.ENTRIES)
                .offheap(OFF_HEAP_MEBIBYTES, MemoryUnit.MB)
                .disk(DISK_GIBIBYTES, MemoryUnit.GB, true);
        return new EhcacheShelf(CacheManagerBuilder.newCacheManagerBuilder()
                .with(CacheManagerBuilder.persistence(directory.toFile()))
                .withCache(
                        NAME,
                        CacheConfigurationBuilder.newCacheConfigurationBuilder(CacheKey.class, byte[].class, tiers)
                                .withKeySerializer(new Keys()))
                .build(true));
    }

    @Override
    public byte @Nullable [] get(CacheKey key) {
        return cache.get(key);
    }

    @Override
    public void put(CacheKey key, byte[] value) {
        cache.put(key, value);
    }

    @Override
    public void putAll(Map<CacheKey, byte[]> values) {
        cache.putAll(values);
    }

    @Override
    public void remove(CacheKey key) {
        cache.remove(key);
    }

    @Override
    public void clear() {
        cache.clear();
    }

    @Override
    public List<CacheKey> keys() {
        List<CacheKey> keys = new ArrayList<>();
        for (Cache.Entry<CacheKey, byte[]> entry : cache) {
            keys.add(entry.getKey());
        }
        return keys;
    }

    @Override
    public long size() {
        return keys().size();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        manager.close();
    }

    /** Keys as their bytes. */
    private static final class Keys implements Serializer<CacheKey> {
        @Override
        public ByteBuffer serialize(CacheKey key) {
            return ByteBuffer.wrap(key.bytes());
        }

        @Override
        public CacheKey read(ByteBuffer binary) {
            byte[] bytes = new byte[CacheKey.LENGTH];
            binary.get(bytes);
            return CacheKey.of(bytes);
        }

        @Override
        public boolean equals(CacheKey key, ByteBuffer binary) {
            return key.equals(read(binary));
        }
    }
}
