package dev.larder.perf.suite;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a cell was warmed up.
 *
 * @param rounds how often it was run without counting
 * @param steady whether its throughput had stopped rising by then; null where there were too few rounds to tell
 */
record WarmUp(int rounds, @Nullable Boolean steady) {
    private static final int JUDGED = 3;
    private static final double TOLERANCE = 0.1;

    /** A cell that was not warmed up. */
    static final WarmUp NONE = new WarmUp(0, null);

    /** Returns what becomes of rounds with these throughputs. */
    static WarmUp of(List<Double> throughputs) {
        return new WarmUp(throughputs.size(), throughputs.size() < JUDGED ? null : isSteady(throughputs));
    }

    /**
     * Returns whether the JVM has done what it does for this cell. What it compiles makes rounds faster, so they are
     * steady once the last three lie within 10 % of their median, or once two in a row are not 10 % faster than the
     * best one before: short rounds of a few hundred calls scatter by more than that for ever.
     */
    static boolean isSteady(List<Double> throughputs) {
        int count = throughputs.size();
        if (count < JUDGED) {
            return false;
        }
        List<Double> last = throughputs.subList(count - JUDGED, count);
        double median = last.stream().sorted().toList().get(JUDGED / 2);
        double best = throughputs.subList(0, count - JUDGED + 1).stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        return last.stream().allMatch(each -> Math.abs(each - median) <= TOLERANCE * median)
                || last.stream().skip(1).allMatch(each -> each <= (1 + TOLERANCE) * best);
    }
}
