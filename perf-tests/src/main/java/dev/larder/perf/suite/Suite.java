package dev.larder.perf.suite;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs scenarios over stores. */
public final class Suite {
    private Suite() {}

    /**
     * Runs every cell of {@code plan} and returns a row for each, those of one store together.
     *
     * <p>Repetitions go round all cells instead of staying with one, so that whatever the machine does meanwhile falls
     * on all stores alike.
     *
     * @throws IllegalArgumentException if a store's spec asks for what does not exist
     * @throws dev.larder.cache.CacheStoreException if storage cannot be opened
     * @throws SuiteException if a cell could not be run to its end
     */
    public static List<Row> run(Plan plan, Progress progress) throws InterruptedException {
        List<Cell> cells = plan.cells();
        Map<Cell, List<Measurement>> measured = new LinkedHashMap<>();
        progress.begin(cells.size() * (plan.discarded() + plan.repetitions()));
        try (Bench bench = new Bench()) {
            Trial trial = new Trial(bench);
            for (int round = 1 - plan.discarded(); round <= plan.repetitions(); round++) {
                for (Cell cell : cells) {
                    progress.step(cell, Math.max(0, round));
                    Measurement measurement = run(trial, cell, plan.load(cell));
                    if (round > 0) {
                        measured.computeIfAbsent(cell, key -> new ArrayList<>()).add(measurement);
                    }
                }
            }
        } finally {
            progress.end();
        }
        List<Row> rows = new ArrayList<>();
        measured.forEach((cell, measurements) -> rows.add(Row.of(cell, plan.load(cell), measurements)));
        rows.sort(
                Comparator.comparingInt(row -> plan.stores().indexOf(row.cell().store())));
        return rows;
    }

    private static Measurement run(Trial trial, Cell cell, Load load) throws InterruptedException {
        try {
            return trial.run(cell, load);
        } catch (RuntimeException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new SuiteException(cell + ": " + e.getMessage(), e);
        }
    }
}
