package dev.larder.perf.steady;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.SplitMix;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the calls do: 60 of 100 read entries that were put before, popular ones more often by Zipf's law; of the others,
 * half put new versions of such entries and half new entries. Which call does what follows from its number alone.
 */
final class StoreLoad {
    private static final double READS = 0.6;
    private static final double OVERWRITES = 0.5;
    private static final long SEED = 42;
    private static final int BATCH = 500;
    // With a batch, and with a flush.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final CacheStore store;
    private final CacheKey[] population;
    private final Zipf popularity;
    // A spec may name a file that earlier runs have filled: their entries must not be found by this one.
    private final byte[] run = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);

    /** Makes the load for a store that begins with {@code population} entries. */
    StoreLoad(CacheStore store, int population) {
        this.store = store;
        this.population = new CacheKey[population];
        this.popularity = new Zipf(population);
        for (int number = 0; number < population; number++) {
            this.population[number] = key(number);
        }
    }

    private CacheKey key(long number) {
        return CacheKey.sha256(
                run, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    /** Puts the entries that calls will read. */
    void fill() {
        for (int from = 0; from < population.length; from += BATCH) {
            Map<CacheKey, CacheEntry> batch = new LinkedHashMap<>();
            for (int number = from; number < Math.min(from + BATCH, population.length); number++) {
                batch.put(population[number], Entries.of(number, 0));
            }
            store.putAll(batch, Deadline.after(PATIENCE));
        }
        store.flush(Deadline.after(PATIENCE));
    }

    /**
     * Has the store end what it has accepted. A put that was accepted and failed later is found out here, and is as
     * wrong as one that failed at once.
     *
     * @return what failed; null if nothing did
     */
    @Nullable
    String flush() {
        try {
            store.flush(Deadline.after(PATIENCE));
            return null;
        } catch (CacheStoreException e) {
            return e.toString();
        }
    }

    /** Returns the call of this number, from 0. */
    StoreCall call(long arrival) {
        long seed = SplitMix.at(SEED, arrival);
        if (SplitMix.unit(seed, 0) < READS) {
            int number = popularity.rank(SplitMix.unit(seed, 1));
            return StoreCall.get(store, number, population[number]);
        }
        long version = arrival + 1;
        if (SplitMix.unit(seed, 1) < OVERWRITES) {
            int number = (int) (SplitMix.unit(seed, 2) * population.length);
            return StoreCall.put(store, number, population[number], Entries.of(number, version));
        }
        long number = population.length + arrival;
        return StoreCall.put(store, number, key(number), Entries.of(number, version));
    }
}
