package dev.larder.perf.suite;

import dev.larder.cache.CacheStoreProvider;
import dev.larder.cache.CacheStores;
import dev.larder.perf.before.BeforeCacheStore;
import dev.larder.perf.peers.Peer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The stores that the suite can run over: every sample of every provider on the class path, any spec, and the baselines,
 * which take part only where they are asked for.
 */
public final class StoreChoices {
    private static final StoreChoice BEFORE = StoreChoice.baseline(
            "before",
            "one connection, a commit for each put, synced",
            directory -> BeforeCacheStore.open(directory.resolve("before.db"), InstantSource.system()));

    private static final String ALL_PEERS = "peers";
    private static final List<StoreChoice> PEERS = Arrays.stream(Peer.values())
            .map(peer -> StoreChoice.baseline(peer.label(), directory -> peer.open(directory, InstantSource.system())))
            .toList();

    private StoreChoices() {}

    /** Returns the store in the shape that programs begin with. */
    public static StoreChoice before() {
        return BEFORE;
    }

    /** Returns the stores that others have made, each a baseline. */
    public static List<StoreChoice> peers() {
        return PEERS;
    }

    /** Returns every sample of every provider on the class path. */
    public static List<StoreChoice> all() {
        return samples(CacheStores::samples);
    }

    /**
     * Returns the stores that {@code text} names: a baseline, all peers, the one sample of that name, the samples of the
     * scheme, or what the spec describes. Does not open any.
     *
     * @throws IllegalArgumentException if there is no such store; the message lists those that exist
     */
    public static List<StoreChoice> named(String text) {
        if (text.equals(ALL_PEERS)) {
            return PEERS;
        }
        List<StoreChoice> known =
                Stream.of(all(), List.of(BEFORE), PEERS).flatMap(List::stream).toList();
        for (StoreChoice choice : known) {
            if (choice.name().equals(text)) {
                return List.of(choice);
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
                    + String.join(", ", known.stream().map(StoreChoice::name).toList())
                    + "; '" + ALL_PEERS + "' for the last " + PEERS.size()
                    + " of them; or a spec that begins with one of: "
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
