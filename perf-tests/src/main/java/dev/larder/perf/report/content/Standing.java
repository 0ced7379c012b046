package dev.larder.perf.report.content;

import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How a store stands in a scenario with a number of callers beside the best one of ours and of others.
 *
 * @param line what it did
 * @param best what the best one did
 */
record Standing(Line line, Line best) {
    /** Returns which part of the best store's throughput it reached. */
    double share() {
        return best.throughput() <= 0 ? 1 : line.throughput() / best.throughput();
    }

    /** Returns how all stores stand in a cell, in the order of the run; none where nothing was called. */
    static List<Standing> of(Run run, String scenario, int callers) {
        List<Line> lines = run.cell(scenario, callers).stream()
                .filter(line -> line.throughput() > 0)
                .toList();
        return lines.stream()
                .max(Comparator.comparingDouble(Line::throughput))
                .map(best ->
                        lines.stream().map(line -> new Standing(line, best)).toList())
                .orElse(List.of());
    }

    /** Returns how all stores stand in all cells. */
    static List<Standing> all(Run run) {
        List<Standing> all = new ArrayList<>();
        for (String scenario : run.scenarios()) {
            for (int callers : run.callers(scenario)) {
                all.addAll(of(run, scenario, callers));
            }
        }
        return all;
    }

    /** Returns with how many callers a scenario is judged: the most that it ran with. */
    static int busiest(Run run, String scenario) {
        List<Integer> callers = run.callers(scenario);
        return callers.get(callers.size() - 1);
    }
}
