package dev.larder.cache;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Opens stores from text, by the {@linkplain CacheStoreProvider providers} on the class path.
 *
 * <pre>{@code
 * memory:                                                          one store
 * sqlite:/var/lib/app/http.db?maxBytes=1GiB&durability=behind      with a location and options
 * memory:?maxBytes=64MiB,sqlite:/var/lib/app/http.db               tiers, nearest first
 * tiered:?farWrites=behind,memory:,sqlite:/var/lib/app/http.db     tiers, with options of their combination
 * }</pre>
 *
 * <p>{@link StoreSpec} says how locations, sizes and durations are written.
 */
public final class CacheStores {
    private static final String TIERED = "tiered";

    private CacheStores() {}

    /**
     * Opens the store, or the tiers from the nearest to the farthest, that {@code spec} asks for.
     *
     * @throws IllegalArgumentException if the spec cannot be read, or names a scheme, option or value that does not
     *     exist; the message lists what exists. Nothing stays open then
     * @throws CacheStoreException if storage cannot be opened; nothing stays open then
     */
    public static CacheStore open(String spec) {
        return open(spec, InstantSource.system());
    }

    /**
     * Opens as {@link #open(String)} does, with the clock by which the store measures retention.
     *
     * @throws IllegalArgumentException as {@link #open(String)}
     * @throws CacheStoreException as {@link #open(String)}
     */
    public static CacheStore open(String spec, InstantSource clock) {
        Objects.requireNonNull(clock, "clock");
        List<StoreSpec> specs = new ArrayList<>();
        for (String element : spec.strip().split(",", -1)) {
            specs.add(StoreSpec.parse(element.strip(), clock));
        }
        StoreSpec first = specs.get(0);
        if (first.scheme().equals(TIERED)) {
            return open(first.withTiers(specs.subList(1, specs.size())));
        }
        return open(specs.size() == 1 ? first : StoreSpec.parse(TIERED, clock).withTiers(specs));
    }

    /**
     * Opens one parsed spec: what a provider calls whose store is made of others.
     *
     * @throws IllegalArgumentException as {@link #open(String)}
     * @throws CacheStoreException as {@link #open(String)}
     */
    public static CacheStore open(StoreSpec spec) {
        SortedMap<String, CacheStoreProvider> providers = providers();
        CacheStoreProvider provider = providers.get(spec.scheme());
        if (provider == null) {
            throw new IllegalArgumentException("unknown store '" + spec.scheme() + "': "
                    + (providers.isEmpty()
                            ? "no store is on the class path, add one such as dev.larder:cache-sqlite"
                            : "on the class path are " + String.join(", ", providers.keySet())));
        }
        CacheStore store = provider.open(spec);
        try {
            spec.rejectUnknownOptions();
        } catch (IllegalArgumentException e) {
            closeQuietly(store, e);
            throw e;
        }
        return store;
    }

    private static void closeQuietly(CacheStore store, Exception failure) {
        try {
            store.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Returns the schemes of the providers on the class path. */
    public static SortedSet<String> schemes() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(providers().keySet()));
    }

    /**
     * Returns every {@linkplain CacheStoreProvider#samples sample} of every provider on the class path, as specs by
     * name: what a suite runs over that wants to meet every store. They share {@code directory}, which exists and is
     * empty.
     */
    public static Map<String, String> samples(Path directory) {
        Map<String, String> samples = new LinkedHashMap<>();
        providers().values().forEach(provider -> samples.putAll(provider.samples(directory)));
        return samples;
    }

    private static SortedMap<String, CacheStoreProvider> providers() {
        SortedMap<String, CacheStoreProvider> found = new TreeMap<>();
        // Containers put the application's stores on the thread's loader; threads of pools may carry the wrong one.
        addProviders(found, Thread.currentThread().getContextClassLoader());
        addProviders(found, CacheStores.class.getClassLoader());
        return found;
    }

    private static void addProviders(Map<String, CacheStoreProvider> found, @Nullable ClassLoader loader) {
        for (CacheStoreProvider provider : ServiceLoader.load(CacheStoreProvider.class, loader)) {
            CacheStoreProvider other = found.putIfAbsent(provider.scheme(), provider);
            if (other != null
                    && !other.getClass().getName().equals(provider.getClass().getName())) {
                throw new IllegalStateException("store '" + provider.scheme() + "' is provided twice, by "
                        + other.getClass().getName() + " and "
                        + provider.getClass().getName() + ": leave one on the class path");
            }
        }
    }
}
