package dev.larder.perf.suite;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run covers.
 *
 * @param stores over which stores
 * @param scenarios which scenarios
 * @param callers how many callers, one cell for each count, where a scenario has none of its own
 * @param warmUps how many calls the callers of a cell make between them before the measured ones, at least
 * @param iterations measured calls of each caller, where a scenario has none of its own
 * @param repetitions how often each cell is run, where its scenario does not set a lower number
 * @param discarded how often each cell is run at most before that without counting, while the JVM is still compiling:
 *     until it is steady, or for some seconds; those of scenarios that are run once only are not
 * @param extent how much time the run has
 */
public record Plan(
        List<StoreChoice> stores,
        List<Scenario> scenarios,
        List<Integer> callers,
        int warmUps,
        int iterations,
        int repetitions,
        int discarded,
        Extent extent) {

    /** Copies the lists and checks the counts. */
    public Plan {
        stores = List.copyOf(stores);
        scenarios = List.copyOf(scenarios);
        callers = List.copyOf(callers);
        if (repetitions < 1 || discarded < 0) {
            throw new IllegalArgumentException("a plan needs at least one repetition, not " + repetitions);
        }
    }

    /** Returns the cells, so ordered that each is followed by the same one of the next store. */
    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            List<Integer> counts = scenario.crowds().isEmpty()
                    ? callers
                    : scenario.crowds().stream().map(Scenario.Crowd::callers).toList();
            for (int count : counts) {
                for (StoreChoice store : stores) {
                    cells.add(new Cell(store, scenario, count));
                }
            }
        }
        return cells;
    }

    /** Returns how often a cell is run and counted. */
    int repetitions(Cell cell) {
        return Math.min(repetitions, cell.scenario().mostRepetitions());
    }

    /**
     * Returns how often a cell is run before that. One that is run once is long, and warms up by itself where that
     * matters.
     */
    int discarded(Cell cell) {
        return cell.scenario().mostRepetitions() == 1 ? 0 : discarded;
    }

    Load load(Cell cell) {
        int each = share(warmUps, cell);
        int own = cell.scenario().crowds().stream()
                .filter(crowd -> crowd.callers() == cell.callers())
                .mapToInt(Scenario.Crowd::iterations)
                .findFirst()
                .orElse(iterations);
        int fewest = extent.quick() ? 0 : share(cell.scenario().fewestRequests(), cell);
        return new Load(cell.callers(), each, Math.max(own, fewest), extent);
    }

    /** Returns how many each caller makes of so many that all of them make between them at least. */
    private static int share(int requests, Cell cell) {
        return (requests + cell.callers() - 1) / cell.callers();
    }
}
