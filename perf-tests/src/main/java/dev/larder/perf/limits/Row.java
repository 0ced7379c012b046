package dev.larder.perf.limits;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a limit: the medians of all repetitions.
 *
 * @param name of the limit
 * @param unit of both figures
 * @param ours what larder reached
 * @param floor what that stands on reached
 * @param target what the ratio shall be; null if it is only shown
 * @param lowestRatio of any repetition of ours and the repetition of the floor beside it
 * @param highestRatio likewise
 * @param oursSpread how far the repetitions of ours lie apart, as a part of their median
 * @param floorSpread likewise for the floor
 * @param repetitions how often each side was run
 */
public record Row(
        String name,
        Unit unit,
        double ours,
        double floor,
        @Nullable Target target,
        double lowestRatio,
        double highestRatio,
        double oursSpread,
        double floorSpread,
        int repetitions) {

    /** @param ours and {@code floor}: a figure of each repetition, at least one, in the same order */
    static Row of(String name, Unit unit, @Nullable Target target, List<Double> ours, List<Double> floor) {
        double[] ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours.get(i) / floor.get(i);
        }
        Arrays.sort(ratios);
        return new Row(
                name,
                unit,
                median(ours),
                median(floor),
                target,
                ratios[0],
                ratios[ratios.length - 1],
                spread(ours),
                spread(floor),
                ratios.length);
    }

    /** Returns what ours is to the floor. */
    public double ratio() {
        return ours / floor;
    }

    /** Returns whether the ratio is as it shall be, or null if it is only shown. */
    public @Nullable Boolean holds() {
        return target == null ? null : target.holds(ratio());
    }

    /** Returns the middle one; of an even count the lower one of the two, so that it is always one that was measured. */
    private static double median(List<Double> figures) {
        double[] sorted = sorted(figures);
        return sorted[(sorted.length - 1) / 2];
    }

    private static double spread(List<Double> figures) {
        double[] sorted = sorted(figures);
        return (sorted[sorted.length - 1] - sorted[0]) / median(figures);
    }

    private static double[] sorted(List<Double> figures) {
        return figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
