package dev.larder.perf.limits;

import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a comparison: a row of the table.
 *
 * @param name what it is called in reports
 * @param unit in what the figure is counted
 * @param target what the ratio of the two sides shall be; null if it is only shown
 * @param figure takes it from what one repetition gave
 */
record Limit(String name, Unit unit, @Nullable Target target, ToDoubleFunction<Sample> figure) {

    static Limit throughput(String name, @Nullable Target target) {
        return new Limit(name, Unit.PER_SECOND, target, Sample::perSecond);
    }

    static Limit time(String name, @Nullable Target target) {
        return new Limit(name, Unit.SECONDS, target, Sample::secondsEach);
    }

    static Limit p99(String name, @Nullable Target target) {
        return new Limit(name, Unit.SECONDS, target, Sample::p99Seconds);
    }

    static Limit allocation(String name, @Nullable Target target) {
        return new Limit(name, Unit.BYTES, target, Sample::bytesAllocatedEach);
    }
}
