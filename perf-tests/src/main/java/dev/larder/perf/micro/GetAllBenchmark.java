package dev.larder.perf.micro;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Gets so many of 10,000 entries by one call. All are there. */
public class GetAllBenchmark extends StoreState {
    private static final int ENTRIES = 10_000;

    @Param("100")
    private int keys;

    private final List<Set<CacheKey>> sets = new ArrayList<>();
    private int next;

    /** For JMH. */
    public GetAllBenchmark() {}

    @Override
    void prepare() {
        List<CacheKey> kept = Arrays.asList(keep(0, ENTRIES, StoreState::entry));
        for (int from = 0; from + keys <= ENTRIES; from += keys) {
            sets.add(Collections.unmodifiableSet(new LinkedHashSet<>(kept.subList(from, from + keys))));
        }
    }

    /** Gets them. */
    @Benchmark
    public Map<CacheKey, CacheEntry> getAll() {
        Set<CacheKey> wanted = sets.get(next);
        next = next + 1 == sets.size() ? 0 : next + 1;
        Map<CacheKey, CacheEntry> found = store().getAll(wanted, deadline());
        if (found.size() != keys) {
            throw new WrongAnswerException("of " + keys + " entries that were put, " + found.size() + " are there");
        }
        return found;
    }
}
