package dev.larder.cache.sqlite;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreProvider;
import dev.larder.cache.StoreSpec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opens {@code sqlite:path/to/file.db}. The options are those of {@link SqliteCacheStore.Builder}, by the same names.
 */
public final class SqliteCacheStoreProvider implements CacheStoreProvider {
    /** Makes the provider; {@link java.util.ServiceLoader} does. */
    public SqliteCacheStoreProvider() {}

    @Override
    public String scheme() {
        return "sqlite";
    }

    @Override
    public CacheStore open(StoreSpec spec) {
        SqliteCacheStore.Builder builder =
                SqliteCacheStore.newBuilder(file(spec)).clock(spec.clock());
        spec.bytes("maxBytes").ifPresent(builder::maxBytes);
        spec.number("maxEntries").ifPresent(builder::maxEntries);
        spec.choice("durability", SqliteCacheStore.Durability.class).ifPresent(builder::durability);
        spec.number("readers").ifPresent(readers -> builder.readers((int) Math.min(readers, Integer.MAX_VALUE)));
        spec.duration("operationTimeout").ifPresent(builder::operationTimeout);
        spec.duration("busyTimeout").ifPresent(builder::busyTimeout);
        spec.duration("requestTimeout").ifPresent(builder::requestTimeout);
        spec.bytes("queueBytes").ifPresent(builder::queueBytes);
        spec.choice("compress", SqliteCacheStore.Compression.class).ifPresent(builder::compress);
        spec.rejectUnknownOptions();
        return builder.open();
    }

    private static Path file(StoreSpec spec) {
        if (spec.location().isEmpty()) {
            throw new IllegalArgumentException("sqlite needs a file: write sqlite:path/to/file.db");
        }
        if (spec.location().equals(":memory:")) {
            throw new IllegalArgumentException("sqlite needs a file; for memory write memory:");
        }
        try {
            return Path.of(spec.location());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("sqlite needs a file, and '" + spec.location() + "' is no path", e);
        }
    }

    @Override
    public Map<String, String> samples(Path directory) {
        Map<String, String> samples = new LinkedHashMap<>();
        samples.put("sqlite committed", sample(directory, "committed.db"));
        samples.put("sqlite behind", sample(directory, "behind.db") + "?durability=behind");
        return samples;
    }

    private static String sample(Path directory, String name) {
        return "sqlite:" + StoreSpec.encode(directory.resolve(name).toString());
    }
}
