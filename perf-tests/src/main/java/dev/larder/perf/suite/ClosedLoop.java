package dev.larder.perf.suite;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs scenarios in which each caller makes its next call when the last one has ended.
 *
 * <p>Repetitions go round all cells instead of staying with one, so that whatever the machine does meanwhile falls on
 * all stores alike.
 */
public final class ClosedLoop implements Stage {
    private final Plan plan;
    private final List<Cell> cells;

    /** Makes the stage that runs every cell of {@code plan}. */
    public ClosedLoop(Plan plan) {
        this.plan = plan;
        this.cells = plan.cells();
    }

    @Override
    public int steps() {
        return cells.stream()
                .mapToInt(cell -> plan.discarded(cell) + plan.repetitions(cell))
                .sum();
    }

    /** Returns a row for each cell, those of one store together. */
    @Override
    public List<Row> run(Progress progress) throws InterruptedException {
        Map<Cell, List<Measurement>> measured = new LinkedHashMap<>();
        try (Bench bench = new Bench()) {
            for (int round = 1 - plan.discarded(); round <= plan.repetitions(); round++) {
                for (Cell cell : cells) {
                    if (round > plan.repetitions(cell) || round < 1 - plan.discarded(cell)) {
                        continue;
                    }
                    progress.step(round > 0 ? cell.toString() : cell + " (first round, not counted)");
                    Measurement measurement = run(bench, cell);
                    if (round > 0) {
                        measured.computeIfAbsent(cell, key -> new ArrayList<>()).add(measurement);
                    }
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        measured.forEach((cell, measurements) -> rows.add(Row.of(cell, measurements)));
        rows.sort(
                Comparator.comparingInt(row -> plan.stores().indexOf(row.cell().store())));
        return rows;
    }

    private Measurement run(Bench bench, Cell cell) throws InterruptedException {
        try {
            return cell.scenario().course().run(bench, cell, plan.load(cell));
        } catch (RuntimeException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new SuiteException(cell + ": " + e.getMessage(), e);
        }
    }
}
