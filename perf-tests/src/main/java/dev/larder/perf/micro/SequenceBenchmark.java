package dev.larder.perf.micro;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.perf.suite.Entries;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The life of an entry: it is put, read, replaced and removed, before the next one is. The four calls count as one. All
 * is as before when it has ended, so nothing has to be prepared between two.
 */
public class SequenceBenchmark extends StoreState {
    private static final int KEYS = 500;
    private static final int OTHERS = 1000;

    private final CacheEntry[] first = new CacheEntry[KEYS];
    private final CacheEntry[] second = new CacheEntry[KEYS];
    private CacheKey[] keys = {};
    private int next;

    /** For JMH. */
    public SequenceBenchmark() {}

    @Override
    void prepare() {
        keep(KEYS, OTHERS, StoreState::entry);
        keys = keys(0, KEYS);
        Arrays.setAll(first, number -> Entries.of(number, 0));
        Arrays.setAll(second, number -> Entries.of(number, 1));
    }

    /** Lets an entry live. */
    @Benchmark
    public CacheEntry live() {
        int number = next;
        next = number + 1 == KEYS ? 0 : number + 1;
        store().put(keys[number], first[number], deadline());
        CacheEntry found = kept(store().get(keys[number], deadline()));
        store().put(keys[number], second[number], deadline());
        if (!store().remove(keys[number], deadline())) {
            throw new WrongAnswerException("an entry that was put is not there");
        }
        return found;
    }
}
