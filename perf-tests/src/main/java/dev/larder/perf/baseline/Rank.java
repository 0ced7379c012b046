package dev.larder.perf.baseline;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/** The tests by which repetitions are compared. */
final class Rank {
    private Rank() {}

    /**
     * Returns how probable it is that {@code more} lies above {@code less} as clearly as it does if both are from one
     * distribution: by the test of Mann and Whitney, exact unless figures are equal.
     */
    static double p(List<Double> more, List<Double> less) {
        double p = MannWhitneyUTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .test(array(more), array(less))
                .getPValue();
        // All figures are equal, which the approximation has no variance for.
        return Double.isNaN(p) ? 1 : p;
    }

    private static double[] array(List<Double> figures) {
        return figures.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * Returns what each probability becomes where so many are looked at, in the same order: by Benjamini and Hochberg.
     * As long as nothing has changed, one of them falls below a level as rarely as a single probability would.
     */
    static double[] adjusted(double[] p) {
        int[] ascending = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(index -> p[index]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[p.length];
        Arrays.fill(adjusted, 1);
        double least = 1;
        for (int rank = p.length; rank >= 1; rank--) {
            int index = ascending[rank - 1];
            least = Math.min(least, p[index] * p.length / rank);
            adjusted[index] = least;
        }
        return adjusted;
    }
}
