package dev.larder.perf.suite;

import java.util.ArrayList;
import java.util.List;

/** Collects what does not hold, for courses that look at more than an {@link Expectation} does. For one thread. */
public final class Findings {
    private final List<String> faults = new ArrayList<>();

    /** Notes calls that have failed. */
    public void failed(String calls, Recorded recorded) {
        if (recorded.errors() > 0) {
            faults.add(recorded.errors() + " of " + recorded.requests() + " " + calls + " failed, the first with: "
                    + recorded.firstError());
        }
    }

    /** Notes a count that is not what it has to be; {@code what} reads well after a number. */
    public void count(String what, long actual, long expected) {
        if (actual != expected) {
            faults.add(actual + " " + what + " instead of " + expected);
        }
    }

    /** Notes a fault unless {@code holds}. */
    public void that(boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }

    /** Notes failures of the site's store. To be asked when the site has settled. */
    public void storeFailures(Site site) {
        that(site.storeFailures() == 0, "the store failed " + site.storeFailures() + " times");
    }

    /** Returns what was noted, in order. */
    public List<String> faults() {
        return List.copyOf(faults);
    }
}
