package dev.larder.perf.limits;

import java.util.List;
import java.util.function.Consumer;

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
    public int steps(Order order) {
        return order.wantsAny(names()) ? order.effort().repetitions() + 1 : 0;
    }

    @Override
    public void run(Order order, Consumer<Row> rows) throws Exception {
        if (!order.wantsAny(names())) {
            return;
        }
        Pairing pairing = new Pairing(ours, floor, step, order.effort(), repetition -> order.step(text(repetition)));
        Pairing.Samples samples = pairing.run();
        limits.stream()
                .filter(limit -> order.wants(limit.name()))
                .map(limit -> limit.row(samples))
                .forEach(rows);
    }

    private String text(int repetition) {
        return names().get(0) + (repetition == 0 ? " (warm-up)" : "");
    }
}
