package dev.larder.perf.scenarios;

import dev.larder.cache.CacheEntry;
import dev.larder.perf.suite.Caller;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.Shape;
import dev.larder.perf.suite.Site;
import org.jspecify.annotations.Nullable;

/**
 * Each call reads one of everybody's entries, or writes it anew.
 *
 * @param writes how many of a hundred calls write
 */
record MixedOperations(int writes) implements Shape {
    @Override
    public void prepare(Site site) {
        site.store().putAll(EntryCall.entries(site, 0, Retrievals.ENTRIES), EntryCall.soon());
    }

    @Override
    public boolean isOnEntries() {
        return true;
    }

    @Override
    public Caller caller(Site site, String phase, int number) {
        Numbers numbers = new Numbers(phase, number);
        return iteration -> {
            long shared = numbers.shared(iteration, Retrievals.ENTRIES);
            boolean isWrite = numbers.percent(iteration) < writes;
            return new EntryCall(site) {
                private @Nullable CacheEntry found;

                @Override
                public void make() {
                    if (isWrite) {
                        store().put(key(shared), Entries.of(shared, numbers.own(iteration)), soon());
                    } else {
                        found = store().get(key(shared), soon());
                    }
                }

                @Override
                public int lookedFor() {
                    return isWrite ? 0 : 1;
                }

                @Override
                public int found() {
                    return found == null ? 0 : 1;
                }

                @Override
                public @Nullable String fault() {
                    return isWrite ? faultOfKept(shared) : faultOfKept(shared, found);
                }
            };
        };
    }
}
