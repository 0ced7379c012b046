package dev.larder.perf.suite;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import java.nio.file.Path;
import java.util.function.Function;

/** A store to run over, which can be opened any number of times. */
public final class StoreChoice {
    private final String name;
    private final Function<Path, String> spec;

    /**
     * Makes a choice.
     *
     * @param name what it is called in reports
     * @param spec returns what to open, given an empty directory for whatever it keeps on disk
     */
    StoreChoice(String name, Function<Path, String> spec) {
        this.name = name;
        this.spec = spec;
    }

    /** Returns what the store is called in reports: the sample's name, or the spec as it was given. */
    public String name() {
        return name;
    }

    /**
     * Opens the store.
     *
     * @param directory empty, for whatever the store keeps on disk unless its spec names a place of its own
     * @throws IllegalArgumentException if the spec asks for what does not exist
     * @throws dev.larder.cache.CacheStoreException if storage cannot be opened
     */
    public CacheStore open(Path directory) {
        return CacheStores.open(spec.apply(directory));
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
