package dev.larder.perf.suite;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.cache.StoreCapability;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store to run over, which can be opened any number of times. */
public final class StoreChoice {
    private final String name;
    private final boolean baseline;
    private final String remark;
    private final Function<Path, CacheStore> opener;
    // Null where no bound can be asked for.
    private final @Nullable Function<Path, String> boundable;
    private volatile @Nullable Boolean persistent;

    private StoreChoice(
            String name,
            boolean baseline,
            String remark,
            Function<Path, CacheStore> opener,
            @Nullable Function<Path, String> boundable) {
        this.name = name;
        this.baseline = baseline;
        this.remark = remark;
        this.opener = opener;
        this.boundable = boundable;
    }

    /**
     * Returns the choice of a store that a line of text opens.
     *
     * @param name what it is called in reports
     * @param spec returns what to open, given an empty directory for whatever it keeps on disk
     */
    static StoreChoice ofSpec(String name, Function<Path, String> spec) {
        return new StoreChoice(name, false, "", directory -> CacheStores.open(spec.apply(directory)), spec);
    }

    /**
     * Returns the choice of the store that {@code spec} opens as it stands.
     *
     * <p>One that names a place is never opened with another bound: what it holds there would be evicted.
     */
    static StoreChoice ofSpec(String spec) {
        return new StoreChoice(
                spec,
                false,
                "",
                directory -> CacheStores.open(spec),
                SpecBound.namesAPlace(spec) ? null : directory -> spec);
    }

    /**
     * Returns the choice of a store that others are compared with.
     *
     * @param opener opens it, given an empty directory for whatever it keeps on disk
     */
    static StoreChoice baseline(String name, Function<Path, CacheStore> opener) {
        return baseline(name, "", opener);
    }

    /**
     * Returns the same with a remark.
     *
     * @param remark what a reader of its figures should know, in a few words
     */
    static StoreChoice baseline(String name, String remark, Function<Path, CacheStore> opener) {
        return new StoreChoice(name, true, remark, opener, null);
    }

    /**
     * Returns what stands in the place of a store where whole clients are compared, each with whatever it keeps answers
     * in: a name for reports. It cannot be opened.
     *
     * @param baseline whether the client is only there to be compared with
     * @param persistent whether what it keeps survives the process
     * @param remark what a reader of its figures should know, in a few words; may be empty
     */
    public static StoreChoice client(String name, boolean baseline, boolean persistent, String remark) {
        Function<Path, CacheStore> refusing = directory -> {
            throw new UnsupportedOperationException(name + " is a client, whose store is its own");
        };
        StoreChoice client = new StoreChoice(name, baseline, remark, refusing, null);
        client.persistent = persistent;
        return client;
    }

    /** Returns the choice of the same store with something round it, which closes it. */
    public StoreChoice wrapped(UnaryOperator<CacheStore> wrapper) {
        return new StoreChoice(name, baseline, remark, directory -> wrapper.apply(opener.apply(directory)), null);
    }

    /** Returns what the store is called in reports: the sample's name, or the spec as it was given. */
    public String name() {
        return name;
    }

    /** Returns whether the store is only there to be compared with, so that its errors are shown and fail no run. */
    public boolean isBaseline() {
        return baseline;
    }

    /** Returns whether entries survive the process; null until a store was opened for the first time. */
    public @Nullable Boolean isPersistent() {
        return persistent;
    }

    /** Returns what a reader of its figures should know, in a few words; empty if there is nothing. */
    public String remark() {
        return remark;
    }

    /**
     * Opens the store.
     *
     * @param directory empty, for whatever the store keeps on disk unless its spec names a place of its own
     * @throws IllegalArgumentException if the spec asks for what does not exist
     * @throws dev.larder.cache.CacheStoreException if storage cannot be opened
     * @throws UnsupportedOperationException if this is a client
     */
    public CacheStore open(Path directory) {
        CacheStore store = opener.apply(directory);
        persistent = store.capabilities().contains(StoreCapability.PERSISTENT);
        return store;
    }

    /**
     * Opens the store with a bound of so many bytes instead of its own: tiers have a share of it each, the farthest one
     * three quarters.
     *
     * @param directory empty, for whatever the store keeps on disk
     * @return empty if there is no way to give it one
     * @throws dev.larder.cache.CacheStoreException if storage cannot be opened
     */
    public Optional<CacheStore> openWithin(long maxBytes, Path directory) {
        if (boundable == null) {
            return Optional.empty();
        }
        return openIfKnown(SpecBound.within(maxBytes, boundable.apply(directory)));
    }

    /**
     * Opens the store with an option of its spec, of tiers with one of the farthest.
     *
     * @param directory empty, for whatever the store keeps on disk
     * @return empty if there is no such option, or no spec
     * @throws dev.larder.cache.CacheStoreException if storage cannot be opened
     */
    public Optional<CacheStore> openWith(String option, String value, Path directory) {
        return boundable == null
                ? Optional.empty()
                : openIfKnown(SpecBound.withOption(boundable.apply(directory), option, value));
    }

    private static Optional<CacheStore> openIfKnown(String spec) {
        try {
            return Optional.of(CacheStores.open(spec));
        } catch (IllegalArgumentException e) {
            // The spec without the option has been opened before: a store that does not know it.
            return Optional.empty();
        }
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
