package dev.larder.perf.limits;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Duels with ever more callers, and a row about how far throughput falls on the way: the least part of its own best so
 * far that either side keeps. 1 is a throughput that never falls.
 *
 * @param name what that row is called
 * @param duels each with one limit, and more callers than the one before
 */
record Scaling(String name, List<Duel> duels) implements Comparison {
    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        duels.forEach(duel -> names.addAll(duel.names()));
        names.add(name);
        return names;
    }

    @Override
    public int steps(Order order) {
        return duels.stream().mapToInt(duel -> duel.steps(needed(order))).sum();
    }

    @Override
    public void run(Order order, Consumer<Row> rows) throws Exception {
        List<Row> all = new ArrayList<>();
        for (Duel duel : duels) {
            duel.run(needed(order), row -> {
                all.add(row);
                if (order.wants(row.name())) {
                    rows.accept(row);
                }
            });
        }
        if (order.wants(name)) {
            rows.accept(Row.of(
                    name, Unit.SHARE, null, List.of(leastKept(all, Row::ours)), List.of(leastKept(all, Row::floor))));
        }
    }

    /** The row about all duels needs all of them. */
    private Order needed(Order order) {
        return order.wants(name) ? order.forAll() : order;
    }

    private static double leastKept(List<Row> rows, ToDoubleFunction<Row> figure) {
        double best = 0;
        double least = 1;
        for (Row row : rows) {
            double next = figure.applyAsDouble(row);
            best = Math.max(best, next);
            least = Math.min(least, next / best);
        }
        return least;
    }
}
