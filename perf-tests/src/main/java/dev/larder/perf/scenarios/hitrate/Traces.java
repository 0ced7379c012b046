package dev.larder.perf.scenarios.hitrate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheStore;
import dev.larder.perf.suite.Bench;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.Site;
import dev.larder.perf.suite.StoreChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plays Zipf traces to a store within bounds of bytes, and to those that it is compared with. */
final class Traces {
    // Least recently used, the plainest of policies, reaches more than 0.6 of Caffeine on all of these traces.
    private static final double LEAST_OF_CAFFEINE = 0.5;

    static final int UNKNOWN = -1;

    private final Bench bench;
    private final StoreChoice choice;
    private final List<Traced> results = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    Traces(Bench bench, StoreChoice choice) {
        this.bench = bench;
        this.choice = choice;
    }

    List<Traced> results() {
        return results;
    }

    List<String> faults() {
        return faults;
    }

    void run(double exponent, Trace trace, Bound bound) {
        Optional<CacheStore> within = choice.openWithin(bound.maxBytes(), bench.newDirectory());
        boolean bounded = within.isPresent();
        try (Site site = bench.site(within.orElseGet(() -> choice.open(bench.newDirectory())))) {
            int hits = trace.hits(number -> isThere(site, number));
            site.store().flush(Site.soon());
            int caffeine = hitsOfCaffeine(trace, bound);
            results.add(Traced.of(
                    exponent, bound, bounded, trace.length(), hits, Optimum.hits(trace, bound.entries()), caffeine));
            String fault = fault(
                    "of a Zipf trace of exponent " + exponent + ", the bound " + bound.name() + ",",
                    hits,
                    site.store().stats().evictions() == 0 ? trace.mostHits() : UNKNOWN,
                    bounded ? caffeine : UNKNOWN);
            if (fault != null && faults.isEmpty()) {
                faults.add(fault);
            }
        }
    }

    /**
     * Returns what is wrong with that many hits; null if nothing is.
     *
     * @param must how many there have to be, or {@link #UNKNOWN}
     * @param caffeine how many Caffeine had with the same bound, or {@link #UNKNOWN} if there was none
     */
    static @Nullable String fault(String calls, int hits, int must, int caffeine) {
        if (must != UNKNOWN && hits != must) {
            return hits + " instead of " + must + " calls " + calls + " found their entry, and none was evicted";
        }
        return hits >= caffeine * LEAST_OF_CAFFEINE
                ? null
                : hits + " calls " + calls + " found their entry, and with Caffeine of the same size " + caffeine
                        + ": what is used is not what stays";
    }

    /** Returns whether the store has the entry, and gives it if not. */
    private boolean isThere(Site site, int number) {
        CacheEntry found = site.kept(number);
        if (found == null) {
            site.store().put(site.key(number), Entries.of(number, 0), Site.soon());
            return false;
        }
        String fault = Entries.fault(number, found);
        if (fault != null && faults.isEmpty()) {
            faults.add(fault);
        }
        return true;
    }

    private static int hitsOfCaffeine(Trace trace, Bound bound) {
        Cache<Integer, Integer> cache = Caffeine.newBuilder()
                .maximumWeight(bound.maxBytes())
                .<Integer, Integer>weigher((number, value) -> Bound.ENTRY)
                // In the calling thread, as the bound is to hold at each call.
                .executor(Runnable::run)
                .build();
        return trace.hits(number -> {
            if (cache.getIfPresent(number) != null) {
                return true;
            }
            cache.put(number, number);
            return false;
        });
    }
}
