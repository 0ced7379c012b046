package dev.larder.cache;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;

/** The provider that the tests of {@link CacheStores} find: its stores keep nothing but what they were asked for. */
public final class TestStores implements CacheStoreProvider {
    /** A store that holds the spec it was opened for. */
    static final class Opened implements CacheStore {
        final StoreSpec spec;
        final OptionalLong size;
        boolean closed;

        Opened(StoreSpec spec) {
            this.spec = spec;
            this.size = spec.bytes("size");
        }

        @Override
        public CacheEntry get(CacheKey key, Deadline deadline) {
            return null;
        }

        @Override
        public void put(CacheKey key, CacheEntry entry, Deadline deadline) {}

        @Override
        public boolean remove(CacheKey key, Deadline deadline) {
            return false;
        }

        @Override
        public long removeTagged(String tag, Deadline deadline) {
            return 0;
        }

        @Override
        public void clear(Deadline deadline) {}

        @Override
        public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {}

        @Override
        public StoreStats stats() {
            return new StoreStats(0, 0, 0, 0, 0, 0, 0, 0, 0);
        }

        @Override
        public Set<StoreCapability> capabilities() {
            return Set.of();
        }

        @Override
        public void close() {
            closed = true;
            if (spec.location().equals("fails-to-close")) {
                throw new CacheStoreException(CacheStoreException.Kind.FULL, "cannot close");
            }
        }
    }

    static Opened last;

    /** For the service loader. */
    public TestStores() {}

    @Override
    public String scheme() {
        return "test";
    }

    /** Leaves it to {@link CacheStores} to reject unknown options, as a careless provider would. */
    @Override
    public CacheStore open(StoreSpec spec) {
        last = new Opened(spec);
        return last;
    }

    @Override
    public Map<String, String> samples(Path directory) {
        return Map.of(
                "test", "test:" + StoreSpec.encode(directory.resolve("a,b").toString()));
    }

    /** The provider of tiers: opens those below it, as a provider of the toolkit does. */
    public static final class Tiers implements CacheStoreProvider {
        /** For the service loader. */
        public Tiers() {}

        @Override
        public String scheme() {
            return "tiered";
        }

        @Override
        public CacheStore open(StoreSpec spec) {
            Opened store = new Opened(spec);
            spec.rejectUnknownOptions();
            spec.tiers().forEach(CacheStores::open);
            return store;
        }
    }
}
