package dev.larder.perf.scenarios;

import dev.larder.perf.suite.SplitMix;

/** The numbers of entries that one caller alone uses, and those that it picks among everybody's. */
final class Numbers {
    /** How many entries one call may have of its own. */
    static final int PER_CALL = 8;

    private static final long PER_CALLER = 1L << 32;
    // Those below are everybody's.
    private static final long OWN = 1L << 52;

    private final long first;
    private final long seed;

    Numbers(String phase, int caller) {
        seed = SplitMix.at(phase.hashCode(), caller);
        first = OWN + (phase.hashCode() & 0xffL) * (OWN >> 8) + caller * PER_CALLER;
    }

    /** Returns the first of the numbers that a call of this caller has for itself. */
    long own(int iteration) {
        return first + (long) iteration * PER_CALL;
    }

    /** Returns one of everybody's first {@code count} numbers, the same one for the same call in every run. */
    long shared(int iteration, int count) {
        return (long) (SplitMix.unit(seed, 2L * iteration) * count);
    }

    /** Returns a number from 0 to 99 by which a call decides what to do. */
    int percent(int iteration) {
        return (int) (SplitMix.unit(seed, 2L * iteration + 1) * 100);
    }
}
