package dev.larder.perf.baseline;

/** A figure of a repetition by which two runs are compared. */
public enum Metric {
    /** Calls in a second. */
    THROUGHPUT("req/s", false, true),
    /** What half of the calls did not exceed, in nanoseconds. */
    P50("p50", true, true),
    /**
     * What 99 % of the calls did not exceed, in nanoseconds. Only shown: a repetition of fifty calls has but one that
     * decides it, and between two runs of the same build it moves by more than any threshold worth setting.
     */
    P99("p99", true, false);

    private final String title;
    private final boolean lessIsBetter;
    private final boolean alarms;

    Metric(String title, boolean lessIsBetter, boolean alarms) {
        this.title = title;
        this.lessIsBetter = lessIsBetter;
        this.alarms = alarms;
    }

    /** Returns what it is called in reports. */
    public String title() {
        return title;
    }

    boolean lessIsBetter() {
        return lessIsBetter;
    }

    /** Returns whether a run can be found worse by it. */
    public boolean alarms() {
        return alarms;
    }
}
