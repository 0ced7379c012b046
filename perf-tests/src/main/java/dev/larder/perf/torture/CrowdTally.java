package dev.larder.perf.torture;

import java.util.List;
import java.util.Locale;

/**
 * What came of many processes on one file.
 *
 * @param calls how many calls were made
 * @param failed how many of them failed, or found what must not be
 * @param lost keys that in the end held something else than their owner had left there
 * @param corrupt how often the file, an entry or a sum over entries was not sound
 * @param evicted how many entries the processes evicted
 * @param latencies how long the calls took
 */
public record CrowdTally(long calls, long failed, long lost, long corrupt, long evicted, List<CallTimes> latencies) {
    /**
     * How long the calls of one kind took, in nanoseconds.
     *
     * @param name which calls
     * @param count how many there were
     * @param p50 what half of them did not exceed
     * @param p99 what 99 % of them did not exceed
     * @param p999 what 99.9 % of them did not exceed
     * @param max the longest
     */
    public record CallTimes(String name, long count, long p50, long p99, long p999, long max) {}

    /** Returns whether nothing was found that must not be. */
    public boolean isSound() {
        return failed == 0 && lost == 0 && corrupt == 0;
    }

    /** Returns the sum in one line. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d calls, %,d failed, %,d lost, %,d corrupt, %,d evicted",
                calls,
                failed,
                lost,
                corrupt,
                evicted);
    }
}
