package dev.larder.cache;

import java.nio.file.Path;
import java.util.Map;

/**
 * Makes the stores of one scheme for {@link CacheStores}, which finds it by {@link java.util.ServiceLoader}.
 *
 * <p>An implementation has a public constructor without parameters and is named in
 * {@code META-INF/services/dev.larder.cache.CacheStoreProvider}.
 */
public interface CacheStoreProvider {
    /** Returns what a spec for this provider begins with: lower-case letters, digits, {@code +} and {@code -}. */
    String scheme();

    /**
     * Opens the store that {@code spec} asks for. Read every option first, then call
     * {@link StoreSpec#rejectUnknownOptions()}, then touch the storage, so that a misspelt option creates nothing.
     *
     * @throws IllegalArgumentException if the spec asks for what does not exist
     * @throws CacheStoreException if storage cannot be opened
     */
    CacheStore open(StoreSpec spec);

    /**
     * Returns the configurations that are worth testing and measuring, as specs by the name they go under in reports.
     * Whatever they keep on disk goes into {@code directory}, which exists and is empty.
     *
     * <p>The default is the bare scheme under its own name.
     */
    default Map<String, String> samples(Path directory) {
        return Map.of(scheme(), scheme() + ":");
    }
}
