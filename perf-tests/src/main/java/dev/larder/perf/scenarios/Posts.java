package dev.larder.perf.scenarios;

import dev.larder.perf.suite.Caller;
import dev.larder.perf.suite.Shape;
import dev.larder.perf.suite.Site;

/**
 * Callers that send POSTs: some all the same one, which is kept already, and the others each time a new one.
 *
 * @param warm which calls are for the same one
 */
record Posts(Warm warm) implements Shape {
    private static final String SHARED = "shared";

    /** Tells the calls whose answer is kept already. */
    @FunctionalInterface
    interface Warm {
        /** Returns whether the answer to a caller's call is kept, both by number from 0. */
        boolean test(int caller, int iteration);
    }

    @Override
    public void prepare(Site site) throws Exception {
        site.keep(SHARED);
    }

    @Override
    public Caller caller(Site site, String phase, int number) {
        return iteration -> site.post(warm.test(number, iteration) ? SHARED : phase + "-" + number + "-" + iteration);
    }
}
