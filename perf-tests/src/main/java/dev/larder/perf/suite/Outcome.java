package dev.larder.perf.suite;

import java.util.List;

/**
 * What came of a run.
 *
 * @param results what was measured
 * @param interrupted whether the run was interrupted, so that results or repetitions of them are missing
 */
public record Outcome(List<Result> results, boolean interrupted) {
    /** Copies the list. */
    public Outcome {
        results = List.copyOf(results);
    }
}
