package dev.larder.perf.micro;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Looks for one entry after another in a store that holds so many, each as often as every other. */
public class GetBenchmark extends StoreState {
    @Param("10000")
    private int entries;

    private CacheKey[] kept = {};
    private CacheKey[] absent = {};
    private int next;

    /** For JMH. */
    public GetBenchmark() {}

    @Override
    void prepare() {
        kept = keep(0, entries, StoreState::entry);
        // Of numbers that no other benchmark uses either: a spec may name a place where their entries have stayed.
        absent = keys(-entries, entries);
    }

    /** Gets what is there. */
    @Benchmark
    public CacheEntry hit() {
        return kept(store().get(oneOf(kept), deadline()));
    }

    /** Gets what is not there. */
    @Benchmark
    public @Nullable CacheEntry miss() {
        CacheEntry found = store().get(oneOf(absent), deadline());
        if (found != null) {
            throw new WrongAnswerException("an entry is there that nobody has put");
        }
        return found;
    }

    private CacheKey oneOf(CacheKey[] keys) {
        int index = next;
        next = index + 1 == keys.length ? 0 : index + 1;
        return keys[index];
    }
}
