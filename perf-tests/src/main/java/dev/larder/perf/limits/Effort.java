package dev.larder.perf.limits;

import java.util.concurrent.TimeUnit;

/**
 * How much is done to measure.
 *
 * @param repetitions how often each side runs; an odd number has a middle one
 * @param warmUpNanos how long each side runs before that, while the JVM is still compiling
 * @param measuredNanos how long the floor takes for what a repetition measures
 * @param rows how many rows a file holds
 * @param manyRows how many rows a large file holds; 0 leaves such files out
 * @param largeFileBytes the size of the file that is opened
 */
public record Effort(
        int repetitions, long warmUpNanos, long measuredNanos, int rows, int manyRows, long largeFileBytes) {
    private static final int ROWS = 100_000;
    private static final int MANY_ROWS = 2_000_000;
    private static final long LARGE_FILE_BYTES = 1L << 30;

    /**
     * Returns what figures need that are to be believed. What the store does once a second falls into every
     * repetition, so none is shorter than that.
     */
    public static Effort full() {
        return new Effort(
                7, TimeUnit.SECONDS.toNanos(3), TimeUnit.SECONDS.toNanos(1), ROWS, MANY_ROWS, LARGE_FILE_BYTES);
    }

    /** Returns what gives a rough idea. */
    public static Effort quick() {
        return new Effort(
                7, TimeUnit.SECONDS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(200), ROWS, 0, LARGE_FILE_BYTES);
    }
}
