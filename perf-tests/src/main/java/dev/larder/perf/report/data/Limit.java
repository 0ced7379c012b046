package dev.larder.perf.report.data;

import org.jspecify.annotations.Nullable;

/**
 * A figure of ours beside the floor that it stands on, or beside a peer's.
 *
 * @param name what was compared
 * @param unit of both figures
 * @param ours our figure
 * @param floor the other one
 * @param ratio ours to the other one
 * @param target what the ratio shall be; null if it is only shown
 * @param atLeast whether the target is the least that it shall be; otherwise the most
 * @param lowest the lowest ratio of any repetition
 * @param highest the highest one
 */
public record Limit(
        String name,
        String unit,
        double ours,
        double floor,
        double ratio,
        @Nullable Double target,
        boolean atLeast,
        double lowest,
        double highest) {

    static Limit of(Fields fields) throws BadResultsException {
        double ratio = fields.number("ratio");
        String unit = fields.text("unit", "");
        return new Limit(
                fields.text("name"),
                unit,
                fields.number("ours"),
                fields.number("floor"),
                ratio,
                fields.has("target") ? fields.number("target") : null,
                fields.has("targetIs") ? fields.text("targetIs").equals("at least") : !isCost(unit),
                fields.number("lowestRatio", ratio),
                fields.number("highestRatio", ratio));
    }

    private static boolean isCost(String unit) {
        return unit.equals("s") || unit.equals("bytes");
    }

    /** Returns whether less is better. */
    public boolean isCost() {
        return target == null ? isCost(unit) : !atLeast;
    }

    /** Returns how good ours is: 1 like the floor, 2 twice as good, whether more of the unit is better or less. */
    public double merit() {
        return merit(ratio);
    }

    /** Returns how good ours would be with another ratio. */
    public double merit(double otherRatio) {
        return isCost() ? 1 / Math.max(1e-9, otherRatio) : otherRatio;
    }

    /** Returns whether the ratio is as it shall be; true if nothing is asked of it. */
    public boolean holds() {
        return target == null || (atLeast ? ratio >= target : ratio <= target);
    }

    /** Returns how far ours is from what it shall be: 2 is half as good as it shall be, 1 and less is as good. */
    public double shortfall() {
        return target == null ? 0 : merit(target) / Math.max(1e-9, merit());
    }
}
