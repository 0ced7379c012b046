package dev.larder.perf.limits;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a comparison: a row of the table.
 *
 * @param name what it is called in reports
 * @param unit in what the figure is counted
 * @param target what the ratio of the two sides shall be; null if it is only shown
 * @param ours takes our figure from what one repetition gave
 * @param floor takes the other side's
 */
record Limit(
        String name,
        Unit unit,
        @Nullable Target target,
        ToDoubleFunction<Sample> ours,
        ToDoubleFunction<Sample> floor) {

    static Limit throughput(String name, @Nullable Target target) {
        return of(name, Unit.PER_SECOND, target, Sample::perSecond);
    }

    static Limit time(String name, @Nullable Target target) {
        return of(name, Unit.SECONDS, target, Sample::secondsEach);
    }

    /** Returns our time beside a time that is allowed, whatever the other side takes. */
    static Limit timeAllowed(String name, double seconds) {
        return new Limit(name, Unit.SECONDS, Target.atMost(1), Sample::secondsEach, sample -> seconds);
    }

    static Limit p99(String name, @Nullable Target target) {
        return of(name, Unit.SECONDS, target, Sample::p99Seconds);
    }

    static Limit allocation(String name) {
        return of(name, Unit.BYTES, null, Sample::bytesAllocatedEach);
    }

    /** Returns what ours allocates beside what the other side does and so many bytes more. */
    static Limit allocationAllowed(String name, long more) {
        return new Limit(
                name,
                Unit.BYTES,
                Target.atMost(1),
                Sample::bytesAllocatedEach,
                sample -> sample.bytesAllocatedEach() + more);
    }

    private static Limit of(String name, Unit unit, @Nullable Target target, ToDoubleFunction<Sample> figure) {
        return new Limit(name, unit, target, figure, figure);
    }

    Row row(Pairing.Samples samples) {
        return Row.of(name, unit, target, figures(samples.ours(), ours), figures(samples.floor(), floor));
    }

    private static List<Double> figures(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return samples.stream().map(figure::applyAsDouble).toList();
    }
}
