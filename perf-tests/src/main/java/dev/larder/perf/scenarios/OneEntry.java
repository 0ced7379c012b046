package dev.larder.perf.scenarios;

import dev.larder.cache.CacheEntry;
import dev.larder.perf.suite.Call;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.Site;
import org.jspecify.annotations.Nullable;

/** Looks for one entry, puts it, or does both, in this order. */
final class OneEntry implements Call {
    private final Site site;
    private final long number;
    private final boolean reads;
    private final @Nullable Long version;
    private @Nullable CacheEntry found;

    private OneEntry(Site site, long number, boolean reads, @Nullable Long version) {
        this.site = site;
        this.number = number;
        this.reads = reads;
        this.version = version;
    }

    /** Returns a get of what is kept under the number. */
    static OneEntry get(Site site, long number) {
        return new OneEntry(site, number, true, null);
    }

    /** Returns a put of a version of what has the number. */
    static OneEntry put(Site site, long number, long version) {
        return new OneEntry(site, number, false, version);
    }

    /** Returns a get that finds nothing, and a put. */
    static OneEntry create(Site site, long number) {
        return new OneEntry(site, number, true, 0L);
    }

    @Override
    public void make() {
        if (reads) {
            found = site.kept(number);
        }
        if (version != null) {
            site.store().put(site.key(number), Entries.of(number, version), Site.soon());
        }
    }

    @Override
    public int lookedFor() {
        return reads ? 1 : 0;
    }

    @Override
    public int found() {
        return found == null ? 0 : 1;
    }

    @Override
    public @Nullable String fault() {
        if (version == null) {
            return site.faultOfKept(number, found);
        }
        return found != null ? "an entry that nobody has put" : site.faultOfKept(number);
    }
}
