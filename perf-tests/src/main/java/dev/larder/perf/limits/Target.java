package dev.larder.perf.limits;

/**
 * What a ratio shall be.
 *
 * @param value the limit, which may be reached
 * @param atLeast whether more is better; otherwise less is
 */
public record Target(double value, boolean atLeast) {
    static Target atLeast(double value) {
        return new Target(value, true);
    }

    static Target atMost(double value) {
        return new Target(value, false);
    }

    /** Returns whether {@code ratio} is as it shall be. */
    public boolean holds(double ratio) {
        return atLeast ? ratio >= value : ratio <= value;
    }
}
