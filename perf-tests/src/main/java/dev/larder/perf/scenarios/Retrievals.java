package dev.larder.perf.scenarios;

import dev.larder.cache.CacheEntry;
import dev.larder.perf.suite.Caller;
import dev.larder.perf.suite.Shape;
import dev.larder.perf.suite.Site;
import org.jspecify.annotations.Nullable;

/** Each call reads one of some hundred entries that are there. */
final class Retrievals implements Shape {
    static final int ENTRIES = 500;

    @Override
    public void prepare(Site site) {
        site.store().putAll(EntryCall.entries(site, 0, ENTRIES), EntryCall.soon());
    }

    @Override
    public boolean isOnEntries() {
        return true;
    }

    @Override
    public Caller caller(Site site, String phase, int number) {
        Numbers numbers = new Numbers(phase, number);
        return iteration -> {
            long shared = numbers.shared(iteration, ENTRIES);
            return new EntryCall(site) {
                private @Nullable CacheEntry found;

                @Override
                public void make() {
                    found = store().get(key(shared), soon());
                }

                @Override
                public int lookedFor() {
                    return 1;
                }

                @Override
                public int found() {
                    return found == null ? 0 : 1;
                }

                @Override
                public @Nullable String fault() {
                    return faultOfKept(shared, found);
                }
            };
        };
    }
}
