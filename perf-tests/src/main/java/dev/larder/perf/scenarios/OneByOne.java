package dev.larder.perf.scenarios;

import dev.larder.perf.suite.Call;
import dev.larder.perf.suite.Site;

/** Each call is about one entry. */
final class OneByOne extends OnEntries {
    /** Makes the calls of a scenario. */
    @FunctionalInterface
    private interface Calls {
        OneEntry of(Site site, Numbers numbers, int iteration);
    }

    private final Calls calls;

    private OneByOne(boolean sharing, Calls calls) {
        super(sharing);
        this.calls = calls;
    }

    /** Returns callers who look for entries that are not there, and put them. */
    static OneByOne creating() {
        return new OneByOne(false, (site, numbers, iteration) -> OneEntry.create(site, numbers.own(iteration)));
    }

    /**
     * Returns callers who read entries that all share, or write them anew.
     *
     * @param writes how many of a hundred calls write
     */
    static OneByOne sharing(int writes) {
        return new OneByOne(true, (site, numbers, iteration) -> {
            long shared = numbers.shared(iteration, SHARED);
            return numbers.percent(iteration) < writes
                    ? OneEntry.put(site, shared, numbers.own(iteration))
                    : OneEntry.get(site, shared);
        });
    }

    @Override
    Call call(Site site, Numbers numbers, int iteration) {
        return calls.of(site, numbers, iteration);
    }
}
