package dev.larder.example;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.tck.StoreFixture;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;

/** The fixture of a {@link MapCacheStore} or of one made from it. */
public class MapFixture extends StoreFixture {
    /** Opens a store on a storage. */
    @FunctionalInterface
    public interface Opener {
        /** Opens the store. */
        CacheStore open(MapStorage storage, InstantSource clock, long maxEntries);
    }

    protected final MapStorage storage = new MapStorage();
    private final Opener opener;

    /** Makes a fixture with empty storage. */
    public MapFixture(Opener opener) {
        this.opener = opener;
    }

    @Override
    public CacheStore open(InstantSource clock) {
        return opener.open(storage, clock, Long.MAX_VALUE);
    }

    @Override
    public CacheStore openBounded(InstantSource clock, long maxEntries) {
        return opener.open(storage, clock, maxEntries);
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return EnumSet.allOf(StoreCapability.class);
    }

    @Override
    public boolean damage(CacheKey key) {
        return storage.damage(key);
    }
}
