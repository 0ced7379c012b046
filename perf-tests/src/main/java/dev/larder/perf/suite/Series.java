package dev.larder.perf.suite;

import java.util.List;

/**
 * How a scenario went over time.
 *
 * @param points what calls did, in order of time
 * @param pauses those of the garbage collector that ended meanwhile, in order of time
 */
public record Series(List<Point> points, List<Pause> pauses) {
    /** Copies the lists. */
    public Series {
        points = List.copyOf(points);
        pauses = List.copyOf(pauses);
    }

    /**
     * The calls that ended in one slice of time.
     *
     * @param atMillis the end of the slice, from the beginning of the measurement
     * @param callers how many callers there were
     * @param throughputPerSecond how many calls ended, for each second of the slice
     * @param p50Nanos what half of them did not exceed; 0 if none ended
     * @param p99Nanos what 99 % of them did not exceed; 0 if none ended
     */
    public record Point(long atMillis, int callers, double throughputPerSecond, long p50Nanos, long p99Nanos) {}

    /**
     * A pause of the garbage collector.
     *
     * @param atMillis its end, from the beginning of the measurement
     * @param durationMicros how long it was
     * @param cause what it was for, in the JVM's words
     * @param heapAfterBytes what the heap held after it
     */
    public record Pause(long atMillis, long durationMicros, String cause, long heapAfterBytes) {}
}
