package dev.larder.perf.suite;

import java.util.stream.LongStream;

/** The middle of several figures. */
final class Median {
    private Median() {}

    /** Returns the middle one; of an even count the lower one of the two, so that it is always one that was measured. */
    static long of(LongStream figures) {
        long[] sorted = figures.sorted().toArray();
        return sorted[(sorted.length - 1) / 2];
    }
}
