package dev.larder.perf.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
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
    // By which time whatever takes so long has run often enough to be compiled.
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(2);

    // Only until each cell has shown how long it takes.
    private static final double USUAL_SECONDS = 0.1;
    private static final int USUAL_WARM_UPS = 3;

    private final Plan plan;
    private final List<Cell> cells;

    /** Makes the stage that runs every cell of {@code plan}. */
    public ClosedLoop(Plan plan) {
        this.plan = plan;
        this.cells = plan.cells();
    }

    @Override
    public List<Step> plan() {
        List<Step> steps = new ArrayList<>();
        warmedUp().forEach(cell -> steps.add(new Step(cell.toString(), USUAL_SECONDS * USUAL_WARM_UPS, false)));
        for (int round = 1; round <= plan.repetitions(); round++) {
            inRound(round).forEach(cell -> steps.add(new Step(cell.toString(), USUAL_SECONDS, false)));
        }
        return steps;
    }

    /** Returns a row for each cell that was measured, those of one store together. */
    @Override
    public List<Row> run(Progress progress) {
        Map<Cell, WarmUp> warmUps = new HashMap<>();
        Map<Cell, List<Measurement>> measured = new LinkedHashMap<>();
        cells.forEach(cell -> measured.put(cell, new ArrayList<>()));
        try (Bench bench = new Bench()) {
            for (Cell cell : warmedUp()) {
                progress.step(cell + " (warm-up, not counted)");
                warmUps.put(cell, warmUp(bench, cell));
            }
            for (int round = 1; round <= plan.repetitions(); round++) {
                for (Cell cell : inRound(round)) {
                    progress.step(cell.toString());
                    measured.getOrDefault(cell, List.of()).add(run(bench, cell));
                }
            }
        } catch (InterruptedException e) {
            // What was measured until then is worth having.
            Thread.currentThread().interrupt();
        }
        List<Row> rows = new ArrayList<>();
        measured.forEach((cell, measurements) -> {
            if (!measurements.isEmpty()) {
                rows.add(Row.of(cell, warmUps.getOrDefault(cell, WarmUp.NONE), measurements));
            }
        });
        rows.sort(
                Comparator.comparingInt(row -> plan.stores().indexOf(row.cell().store())));
        return rows;
    }

    private List<Cell> warmedUp() {
        return cells.stream().filter(cell -> plan.discarded(cell) > 0).toList();
    }

    /**
     * The cells of a round. The stores take turns at being the first to do what is to be done, and after each has been it
     * they go the other way round, so that none always has the same one before it.
     */
    private List<Cell> inRound(int round) {
        int stores = plan.stores().size();
        List<Cell> ordered = new ArrayList<>();
        for (int first = 0; first < cells.size(); first += stores) {
            List<Cell> turn = new ArrayList<>(cells.subList(first, first + stores));
            if ((round - 1) / stores % 2 == 1) {
                Collections.reverse(turn);
            }
            Collections.rotate(turn, -((round - 1) % stores));
            ordered.addAll(turn);
        }
        ordered.removeIf(cell -> round > plan.repetitions(cell));
        return ordered;
    }

    private WarmUp warmUp(Bench bench, Cell cell) throws InterruptedException {
        long began = System.nanoTime();
        List<Double> throughputs = new ArrayList<>();
        do {
            Measurement measurement = run(bench, cell);
            throughputs.add(measurement.requests() * 1e9 / Math.max(1, measurement.wallNanos()));
        } while (throughputs.size() < plan.discarded(cell)
                && !WarmUp.isSteady(throughputs)
                && System.nanoTime() - began < LONGEST_WARM_UP.toNanos());
        return WarmUp.of(throughputs);
    }

    private Measurement run(Bench bench, Cell cell) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            return cell.scenario().course().run(bench, cell, plan.load(cell));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // Files and locks answer an interrupt with exceptions of their own, and leave the status set.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (cell.store().isBaseline()) {
                return Measurement.failed("could not be run to its end: " + e);
            }
            throw e instanceof RuntimeException known ? known : new SuiteException(cell + ": " + e.getMessage(), e);
        }
    }
}
