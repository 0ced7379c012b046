package dev.larder.perf.suite;

import dev.larder.cache.CacheStoreProvider;
import dev.larder.cache.CacheStores;
import dev.larder.perf.before.BeforeCacheStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;

/**
 * The stores that the suite can run over: every sample of every provider on the class path, any spec, and the baseline,
 * which takes part only where it is asked for.
 */
public final class StoreChoices {
    private static final StoreChoice BEFORE = StoreChoice.baseline(
            "before", directory -> BeforeCacheStore.open(directory.resolve("before.db"), InstantSource.system()));

    private StoreChoices() {}

    /** Returns the store in the shape that programs begin with. */
    public static StoreChoice before() {
        return BEFORE;
    }

    /** Returns every sample of every provider on the class path. */
    public static List<StoreChoice> all() {
        return samples(CacheStores::samples);
    }

    /**
     * Returns the stores that {@code text} names: the baseline, the one sample of that name, the samples of the scheme, or what the
     * spec describes. Does not open any.
     *
     * @throws IllegalArgumentException if there is no such store; the message lists those that exist
     */
    public static List<StoreChoice> named(String text) {
        if (text.equals(BEFORE.name())) {
            return List.of(BEFORE);
        }
        List<StoreChoice> samples = all();
        for (StoreChoice sample : samples) {
            if (sample.name().equals(text)) {
                return List.of(sample);
            }
        }
        for (CacheStoreProvider provider : ServiceLoader.load(CacheStoreProvider.class)) {
            if (provider.scheme().equals(text)) {
                return samples(provider::samples);
            }
        }
        // A scheme ends at the first of these; without any, the text is a name that nobody has.
        String scheme = text.split("[:?,]", 2)[0].strip();
        if (scheme.length() == text.strip().length() || !CacheStores.schemes().contains(scheme)) {
            throw new IllegalArgumentException("unknown store '" + text + "'; there are: "
                    + String.join(", ", samples.stream().map(StoreChoice::name).toList())
                    + ", " + BEFORE.name() + "; or a spec that begins with one of: "
                    + String.join(", ", CacheStores.schemes()));
        }
        return List.of(StoreChoice.ofSpec(text));
    }

    private static List<StoreChoice> samples(Function<Path, Map<String, String>> source) {
        Set<String> names;
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            names = source.apply(directory.path()).keySet();
        }
        List<StoreChoice> choices = new ArrayList<>();
        for (String name : names) {
            choices.add(StoreChoice.ofSpec(
                    name,
                    directory -> Objects.requireNonNull(source.apply(directory).get(name))));
        }
        choices.sort(Comparator.comparing(StoreChoice::name));
        return choices;
    }
}
