package dev.larder.perf.limits;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Two sides, and what is looked at in them.
 *
 * @param limits a row for each
 * @param ours larder's side
 * @param floor what that stands on
 * @param step counts of operations are multiples of this
 */
record Duel(List<Limit> limits, Side ours, Side floor, int step) implements Comparison {
    Duel(Limit limit, Side ours, Side floor, int step) {
        this(List.of(limit), ours, floor, step);
    }

    @Override
    public List<String> names() {
        return limits.stream().map(Limit::name).toList();
    }

    @Override
    public List<Row> run(Effort effort) throws Exception {
        Pairing.Samples samples = new Pairing(ours, floor, step, effort).run();
        return limits.stream()
                .map(limit -> Row.of(
                        limit.name(),
                        limit.unit(),
                        limit.target(),
                        figures(samples.ours(), limit.figure()),
                        figures(samples.floor(), limit.figure())))
                .toList();
    }

    private static List<Double> figures(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return samples.stream().map(figure::applyAsDouble).toList();
    }
}
