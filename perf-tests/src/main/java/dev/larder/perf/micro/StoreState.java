package dev.larder.perf.micro;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.StoreChoices;
import dev.larder.perf.suite.TemporaryDirectory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A benchmark on a store, which is opened for each trial in a directory of its own, gone afterwards, by the name that
 * the load suite knows it by: stores of others on the class path take part like ours. One caller makes all calls.
 *
 * <p>Entries are those of the load suite. Keys are used in an order that has nothing to do with the one in which they
 * were put, so that neither a cache of the processor's nor a page of a file holds by chance what comes next.
 */
@State(Scope.Thread)
public abstract class StoreState {
    private static final int MOST_AT_ONCE = 1000;

    // As callers have one: a store that looks at the clock for it does so here too.
    private static final Duration PATIENCE = Duration.ofHours(1);

    // JMH wants a default, which nobody uses.
    @Param("memory")
    private String store = "";

    private @Nullable TemporaryDirectory directory;
    private @Nullable CacheStore open;
    private Deadline deadline = Deadline.never();

    /** For JMH. */
    protected StoreState() {}

    /** Opens the store and puts into it what the benchmark needs. */
    @Setup(Level.Trial)
    public final void open() {
        directory = TemporaryDirectory.create();
        try {
            open = StoreChoices.named(store).get(0).open(directory.path());
            deadline = Deadline.after(PATIENCE);
            prepare();
        } catch (RuntimeException | Error e) {
            // JMH does not come back to close it.
            close();
            throw e;
        }
    }

    /** Closes the store and erases its files. */
    @TearDown(Level.Trial)
    public final void close() {
        try {
            if (open != null) {
                open.close();
            }
        } finally {
            if (directory != null) {
                directory.close();
            }
        }
    }

    /** Puts into the store, which is empty unless its spec names a place of its own, what the benchmark needs. */
    abstract void prepare();

    final CacheStore store() {
        return Objects.requireNonNull(open);
    }

    final Deadline deadline() {
        return deadline;
    }

    /**
     * Puts so many entries, makes sure that the store has them, and returns their keys, shuffled.
     *
     * @param first the number of the first one
     * @param entry returns the entry of a number
     * @throws WrongAnswerException if it does not have them
     */
    final CacheKey[] keep(long first, int count, LongFunction<CacheEntry> entry) {
        for (long from = first; from < first + count; from += MOST_AT_ONCE) {
            store().putAll(entries(from, Math.min(from + MOST_AT_ONCE, first + count), entry), deadline);
        }
        store().flush(deadline);
        // Not before all are put: a store with bounds would evict the first ones for the last.
        for (long from = first; from < first + count; from += MOST_AT_ONCE) {
            Map<CacheKey, CacheEntry> put = entries(from, Math.min(from + MOST_AT_ONCE, first + count), entry);
            if (!store().getAll(put.keySet(), deadline).equals(put)) {
                throw new WrongAnswerException(
                        "of " + count + " entries that were put, not all are there as they were; "
                                + "the store has evicted " + store().stats().evictions());
            }
        }
        CacheKey[] keys = keys(first, count);
        // The same order in every run.
        Collections.shuffle(Arrays.asList(keys), new Random(7));
        return keys;
    }

    private static Map<CacheKey, CacheEntry> entries(long from, long to, LongFunction<CacheEntry> entry) {
        Map<CacheKey, CacheEntry> entries = new HashMap<>();
        for (long number = from; number < to; number++) {
            entries.put(key(number), entry.apply(number));
        }
        return entries;
    }

    /** Returns the keys of so many numbers. */
    static CacheKey[] keys(long first, int count) {
        CacheKey[] keys = new CacheKey[count];
        Arrays.setAll(keys, i -> key(first + i));
        return keys;
    }

    static CacheKey key(long number) {
        return CacheKey.sha256(("larder bench micro " + number).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the entry of a number as it is first put. */
    static CacheEntry entry(long number) {
        return Entries.of(number, 0);
    }

    /** Returns the entry of a number with tags. */
    static CacheEntry tagged(long number, String... tags) {
        CacheEntry plain = entry(number);
        return CacheEntry.newBuilder()
                .metadata(plain.metadata())
                .data(plain.data())
                .storedAt(plain.storedAt())
                .deleteAt(plain.deleteAt())
                .tags(Arrays.asList(tags))
                .build();
    }

    /** Returns {@code entry} if it can be one that was put. Cheap: whether it is the right one, is judged outside. */
    static CacheEntry kept(@Nullable CacheEntry entry) {
        if (entry == null) {
            throw new WrongAnswerException("an entry that was put is not there");
        }
        if (entry.data().length != Entries.DATA) {
            throw new WrongAnswerException(
                    "an entry came back with " + entry.data().length + " bytes instead of " + Entries.DATA);
        }
        return entry;
    }
}
