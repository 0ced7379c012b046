package dev.larder.perf.baseline;

/**
 * What became of a metric of a row.
 *
 * @param key the row
 * @param metric the metric
 * @param before its median in the earlier run
 * @param after its median in the later one
 * @param shift how far it moved
 * @param p how probable so clear a difference for the worse is if nothing has changed
 * @param adjusted the same with regard to how many rows and metrics were tested
 * @param verdict what follows
 */
public record Change(
        RowKey key,
        Metric metric,
        double before,
        double after,
        Shift shift,
        double p,
        double adjusted,
        Verdict verdict) {

    /** What follows from a change. */
    public enum Verdict {
        /** It is worse by more than the threshold, and that is no accident. */
        WORSE("WORSE"),
        /** It is better by more than the threshold, and that is no accident. */
        BETTER("better"),
        /** It was tested, and neither was found. */
        SAME(""),
        /** There are too few repetitions to tell. */
        UNTESTED("not tested"),
        /** It is not for judging by. */
        SHOWN("");

        private final String title;

        Verdict(String title) {
            this.title = title;
        }

        /** Returns how it is shown. */
        public String title() {
            return title;
        }
    }
}
