package dev.larder.perf.steady;

import java.util.Arrays;

/** Chooses among ranks of which each is as popular as Zipf's law says, 0 the most. */
public final class Zipf {
    // The usual exponent of cache benchmarks, such as YCSB's.
    private static final double EXPONENT = 0.99;

    // The part of all choices that falls on this rank or on one before it.
    private final double[] cumulative;

    Zipf(int ranks) {
        this(ranks, EXPONENT);
    }

    /**
     * Makes one of so many ranks.
     *
     * @param exponent how much more popular the first ranks are than the others; with 0, all are alike
     */
    public Zipf(int ranks, double exponent) {
        cumulative = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += 1 / Math.pow(rank + 1, exponent);
            cumulative[rank] = sum;
        }
        for (int rank = 0; rank < ranks; rank++) {
            cumulative[rank] /= sum;
        }
    }

    /** Returns the rank for a random number that is at least 0 and less than 1. */
    public int rank(double random) {
        int found = Arrays.binarySearch(cumulative, random);
        // The last one is 1 but for rounding, so that a random number may lie above it.
        return Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1);
    }
}
