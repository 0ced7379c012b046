package dev.larder.perf.limits;

import java.util.List;
import java.util.function.Predicate;

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
    public List<Row> run(Effort effort, Predicate<String> wanted) throws Exception {
        Pairing.Samples samples = new Pairing(ours, floor, step, effort).run();
        return limits.stream()
                .filter(limit -> wanted.test(limit.name()))
                .map(limit -> limit.row(samples))
                .toList();
    }
}
