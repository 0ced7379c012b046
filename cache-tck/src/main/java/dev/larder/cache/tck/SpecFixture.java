package dev.larder.cache.tck;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.cache.StoreCapability;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The fixture of a store that a line of text opens. */
final class SpecFixture extends StoreFixture {
    private final String spec;
    private final Set<StoreCapability> capabilities;

    SpecFixture(String spec, Set<StoreCapability> capabilities) {
        this.spec = spec;
        this.capabilities = capabilities;
    }

    @Override
    public CacheStore open(InstantSource clock) {
        return CacheStores.open(spec, clock);
    }

    @Override
    public CacheStore openBounded(InstantSource clock, long maxEntries) {
        return CacheStores.open(bounded(spec, maxEntries), clock);
    }

    /** Returns {@code spec} with the bound on each store, and none on the element that only combines the others. */
    static String bounded(String spec, long maxEntries) {
        return Arrays.stream(spec.split(",", -1))
                .map(element -> element.strip().startsWith("tiered") ? element : boundedElement(element, maxEntries))
                .collect(Collectors.joining(","));
    }

    private static String boundedElement(String element, long maxEntries) {
        String shape = element.indexOf(':') < 0 ? element + ":" : element;
        return shape + (shape.indexOf('?') < 0 ? "?" : "&") + "maxEntries=" + maxEntries;
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return capabilities;
    }

    @Override
    public String toString() {
        return spec;
    }
}
