package dev.larder.perf.micro;

import java.util.List;

/**
 * What came of a run.
 *
 * @param results what was measured, in the order of tables
 * @param violations what did not hold, each in a sentence; empty if all is well
 * @param interrupted whether the run was interrupted, so that results are missing
 */
public record MicroOutcome(List<MicroResult> results, List<String> violations, boolean interrupted) {
    /** Copies the lists. */
    public MicroOutcome {
        results = List.copyOf(results);
        violations = List.copyOf(violations);
    }
}
