package dev.larder.perf.baseline;

import dev.larder.perf.baseline.Change.Verdict;
import java.util.List;

/** The repetitions of a metric of a row in both runs. */
final class Pair {
    private final RowKey key;
    private final Metric metric;
    private final List<Double> before;
    private final List<Double> after;
    private final boolean judgedBy;
    private final Shift shift;
    private final double pOfMore;
    private final double pOfLess;

    /** @param judgedBy whether a run can be found worse by it; neither sample is empty */
    Pair(RowKey key, Metric metric, List<Double> before, List<Double> after, boolean judgedBy) {
        this.key = key;
        this.metric = metric;
        this.before = before;
        this.after = after;
        this.judgedBy = judgedBy;
        this.shift = Shift.between(before, after);
        this.pOfMore = isTested() ? Rank.p(after, before) : 1;
        this.pOfLess = isTested() ? Rank.p(before, after) : 1;
    }

    boolean isJudgedBy() {
        return judgedBy;
    }

    boolean isTested() {
        return judgedBy && Math.min(before.size(), after.size()) >= Comparison.FEWEST;
    }

    /** Returns how probable so clear a difference for the worse is by accident; 1 if it is not tested. */
    double pOfWorse() {
        return metric.lessIsBetter() ? pOfMore : pOfLess;
    }

    /** Returns the same for the better. */
    double pOfBetter() {
        return metric.lessIsBetter() ? pOfLess : pOfMore;
    }

    /** Returns what follows from the tests, whose probabilities have been adjusted for how many there are. */
    Change change(double worse, double better, double threshold) {
        double loss = metric.lessIsBetter() ? shift.estimate() : -shift.estimate();
        if (loss > threshold && worse <= Comparison.LEVEL) {
            return change(Verdict.WORSE, worse);
        }
        return change(-loss > threshold && better <= Comparison.LEVEL ? Verdict.BETTER : Verdict.SAME, worse);
    }

    /** Returns a change that is not tested. */
    Change change(Verdict verdict) {
        return change(verdict, 1);
    }

    private Change change(Verdict verdict, double adjusted) {
        return new Change(key, metric, Shift.median(before), Shift.median(after), shift, pOfWorse(), adjusted, verdict);
    }
}
