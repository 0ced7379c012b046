package dev.larder.perf.scenarios;

import dev.larder.perf.suite.Call;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.Site;
import org.jspecify.annotations.Nullable;

/** Each call puts an entry, and then what depends on it, all at once. */
final class Signups extends OnEntries {
    private static final int DEPENDANTS = 5;

    Signups() {
        super(false);
    }

    @Override
    Call call(Site site, Numbers numbers, int iteration) {
        long first = numbers.own(iteration);
        return new Call() {
            @Override
            public void make() {
                site.store().put(site.key(first), Entries.of(first, 0), Site.soon());
                site.store().putAll(site.entries(first + 1, DEPENDANTS, 0), Site.soon());
            }

            @Override
            public @Nullable String fault() {
                for (long each = first; each <= first + DEPENDANTS; each++) {
                    String fault = site.faultOfKept(each);
                    if (fault != null) {
                        return fault;
                    }
                }
                return null;
            }
        };
    }
}
