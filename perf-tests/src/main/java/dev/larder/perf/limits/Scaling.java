package dev.larder.perf.limits;

import java.util.ArrayList;
import java.util.List;
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
    public List<Row> run(Order order) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (Duel duel : duels) {
            rows.addAll(duel.run(needed(order)));
        }
        if (order.wants(name)) {
            rows.add(Row.of(
                    name, Unit.SHARE, null, List.of(leastKept(rows, Row::ours)), List.of(leastKept(rows, Row::floor))));
        }
        return rows.stream().filter(row -> order.wants(row.name())).toList();
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
