package dev.larder.perf.scenarios;

import dev.larder.cache.CacheEntry;
import dev.larder.perf.suite.Caller;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.Shape;
import dev.larder.perf.suite.Site;
import org.jspecify.annotations.Nullable;

/** Each call looks for an entry that is not there, and puts it. */
final class Creates implements Shape {
    @Override
    public void prepare(Site site) {}

    @Override
    public boolean isOnEntries() {
        return true;
    }

    @Override
    public Caller caller(Site site, String phase, int number) {
        Numbers numbers = new Numbers(phase, number);
        return iteration -> {
            long own = numbers.own(iteration);
            return new EntryCall(site) {
                private @Nullable CacheEntry found;

                @Override
                public void make() {
                    found = store().get(key(own), soon());
                    store().put(key(own), Entries.of(own, 0), soon());
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
                    return found != null ? "an entry that nobody has put" : faultOfKept(own);
                }
            };
        };
    }
}
