package dev.larder.perf.suite;

import java.util.function.IntPredicate;

/**
 * Callers that send POSTs: some all the same one, which is kept already, and the others each time a new one.
 *
 * @param warm which callers send the same one, by number
 */
record Posts(IntPredicate warm) implements Shape {
    private static final String SHARED = "shared";

    @Override
    public void prepare(Site site) throws Exception {
        site.keep(SHARED);
    }

    @Override
    public Caller caller(Site site, String phase, int number) {
        if (warm.test(number)) {
            return iteration -> site.post(SHARED);
        }
        return iteration -> site.post(phase + "-" + number + "-" + iteration);
    }
}
