package dev.larder.perf.micro;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Gets one entry after another that comes back with two tags, one of its own and one that it shares with ninety-nine
 * others. A store cannot be asked which entries have a tag; this is the lookup in which tags count.
 */
public class GetTaggedBenchmark extends StoreState {
    private static final int ENTRIES = 1000;

    private CacheKey[] kept = {};
    private int next;

    /** For JMH. */
    public GetTaggedBenchmark() {}

    @Override
    void prepare() {
        kept = keep(0, ENTRIES, number -> tagged(number, "own:" + number, "group:" + number % 10));
    }

    /** Gets one. */
    @Benchmark
    public CacheEntry get() {
        CacheKey key = kept[next];
        next = next + 1 == kept.length ? 0 : next + 1;
        CacheEntry found = kept(store().get(key, deadline()));
        if (found.tags().size() != 2) {
            throw new WrongAnswerException("an entry came back without its tags");
        }
        return found;
    }
}
