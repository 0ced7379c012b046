package dev.larder.perf.scenarios;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.perf.suite.Call;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.Site;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Each call does one of all the things that a store can do, to entries that all callers share. */
final class EveryOperation extends OnEntries {
    private static final int AT_ONCE = 5;

    EveryOperation() {
        super(true);
    }

    @Override
    Call call(Site site, Numbers numbers, int iteration) {
        return new Operation(
                site, numbers.shared(iteration, SHARED - AT_ONCE), numbers.percent(iteration), numbers.own(iteration));
    }

    private static final class Operation implements Call {
        private final Site site;
        private final long shared;
        private final int percent;
        private final long version;
        private int lookedFor;
        private final Map<Long, CacheEntry> found = new LinkedHashMap<>();

        Operation(Site site, long shared, int percent, long version) {
            this.site = site;
            this.shared = shared;
            this.percent = percent;
            this.version = version;
        }

        @Override
        public void make() {
            CacheStore store = site.store();
            if (percent < 35) {
                lookedFor = 1;
                CacheEntry entry = site.kept(shared);
                if (entry != null) {
                    found.put(shared, entry);
                }
            } else if (percent < 65) {
                CacheEntry entry = Entries.of(shared, version);
                store.put(
                        site.key(shared),
                        CacheEntry.newBuilder()
                                .metadata(entry.metadata())
                                .data(entry.data())
                                .storedAt(entry.storedAt())
                                .deleteAt(entry.deleteAt())
                                .tag(tag())
                                .build(),
                        Site.soon());
            } else if (percent < 75) {
                store.putAll(site.entries(shared, AT_ONCE, 0), Site.soon());
            } else if (percent < 88) {
                lookedFor = AT_ONCE;
                Map<CacheKey, Long> numbers = new LinkedHashMap<>();
                for (long number = shared; number < shared + AT_ONCE; number++) {
                    numbers.put(site.key(number), number);
                }
                store.getAll(numbers.keySet(), Site.soon())
                        .forEach((key, entry) -> found.put(numbers.getOrDefault(key, -1L), entry));
            } else if (percent < 97) {
                store.remove(site.key(shared), Site.soon());
            } else {
                store.removeTagged(tag(), Site.soon());
            }
        }

        private String tag() {
            return "tag-" + shared % 10;
        }

        @Override
        public int lookedFor() {
            return lookedFor;
        }

        @Override
        public int found() {
            return found.size();
        }

        @Override
        public @Nullable String fault() {
            for (Map.Entry<Long, CacheEntry> each : found.entrySet()) {
                CacheEntry entry = each.getValue();
                // Which of the two writers it was from is not known here: one gives tags, the other none.
                CacheEntry untagged = CacheEntry.newBuilder()
                        .metadata(entry.metadata())
                        .data(entry.data())
                        .storedAt(entry.storedAt())
                        .deleteAt(entry.deleteAt())
                        .build();
                String fault = Entries.fault(each.getKey(), untagged);
                if (fault != null) {
                    return fault;
                }
            }
            return null;
        }
    }
}
