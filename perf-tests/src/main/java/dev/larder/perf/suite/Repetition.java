package dev.larder.perf.suite;

/**
 * What one counted repetition gave.
 *
 * @param requests measured calls
 * @param wallNanos from the first call of any caller to the end of the last one
 * @param latency of the calls
 */
public record Repetition(long requests, long wallNanos, Latency latency) {
    /** Returns how many calls all callers together made in a second. */
    public double throughputPerSecond() {
        return requests * 1e9 / Math.max(1, wallNanos);
    }
}
