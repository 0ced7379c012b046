package dev.larder.perf.baseline;

import java.util.Arrays;
import java.util.List;

/**
 * How far one sample lies from another, as a part of it: 0.2 is a fifth more.
 *
 * <p>The estimate is the one of Hodges and Lehmann, on logarithms: the median of all ratios between a figure of one
 * sample and one of the other. The interval holds the true ratio with 95 % confidence whatever the figures are
 * distributed like; it is what the test of Mann and Whitney does not refuse.
 *
 * @param estimate the change
 * @param low the lower end of the interval
 * @param high the upper end
 */
public record Shift(double estimate, double low, double high) {
    private static final double Z_95 = 1.959964;

    // What a figure of 0 counts as, so that it has a logarithm: far below any that is measured.
    private static final double LEAST = 1e-9;

    /** Returns how far {@code after} lies from {@code before}; neither is empty. */
    static Shift between(List<Double> before, List<Double> after) {
        double[] logs = new double[before.size() * after.size()];
        int next = 0;
        for (double old : before) {
            for (double now : after) {
                logs[next++] = Math.log(Math.max(LEAST, now) / Math.max(LEAST, old));
            }
        }
        Arrays.sort(logs);
        int skipped = skipped(before.size(), after.size());
        return new Shift(change(median(logs)), change(logs[skipped]), change(logs[logs.length - 1 - skipped]));
    }

    /**
     * How many of the ratios lie outside of the interval at each end. By the normal approximation of U, which for four
     * and more figures gives the number in the tables or one less: then the interval is wider than it need be.
     */
    private static int skipped(int before, int after) {
        double pairs = (double) before * after;
        double deviation = Math.sqrt(pairs * (before + after + 1) / 12);
        return (int) Math.max(0, Math.floor(pairs / 2 - Z_95 * deviation) - 1);
    }

    private static double change(double log) {
        return Math.expm1(log);
    }

    /** Returns the middle of figures in ascending order; the mean of both where there are two. */
    private static double median(double[] sorted) {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Returns the middle of figures in any order. */
    static double median(List<Double> figures) {
        double[] sorted = figures.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return median(sorted);
    }
}
