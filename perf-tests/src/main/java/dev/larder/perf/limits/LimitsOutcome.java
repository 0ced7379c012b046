package dev.larder.perf.limits;

import java.util.List;

/**
 * What came of a run.
 *
 * @param rows what was measured, in the order of tables
 * @param interrupted whether the run was interrupted, so that rows are missing
 */
public record LimitsOutcome(List<Row> rows, boolean interrupted) {
    /** Copies the list. */
    public LimitsOutcome {
        rows = List.copyOf(rows);
    }
}
