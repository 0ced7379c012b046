package dev.larder.perf.scenarios;

import dev.larder.perf.suite.Call;
import dev.larder.perf.suite.Caller;
import dev.larder.perf.suite.Shape;
import dev.larder.perf.suite.Site;

/** Callers that use the store itself, on entries of their own or among some hundred that all share. */
abstract class OnEntries implements Shape {
    /** How many entries callers share. */
    static final int SHARED = 500;

    private final boolean sharing;

    /** @param sharing whether there are entries that all share */
    OnEntries(boolean sharing) {
        this.sharing = sharing;
    }

    /** Returns a caller's call. */
    abstract Call call(Site site, Numbers numbers, int iteration);

    @Override
    public final void prepare(Site site) {
        if (sharing) {
            site.store().putAll(site.entries(0, SHARED, 0), Site.soon());
        }
    }

    @Override
    public final boolean isOnEntries() {
        return true;
    }

    @Override
    public final Caller caller(Site site, String phase, int number) {
        Numbers numbers = new Numbers(phase, number);
        return iteration -> call(site, numbers, iteration);
    }
}
