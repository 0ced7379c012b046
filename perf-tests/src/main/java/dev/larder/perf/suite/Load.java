package dev.larder.perf.suite;

/**
 * How much is asked of a store at once.
 *
 * @param callers how many call at the same time, each one call after another; at least 1
 * @param warmUps how many calls each makes first that are not measured; may be 0
 * @param iterations how many calls each makes that are measured; at least 1
 * @param extent how much time the run has
 */
public record Load(int callers, int warmUps, int iterations, Extent extent) {
    /** Checks the counts. */
    public Load {
        if (callers < 1 || warmUps < 0 || iterations < 1) {
            throw new IllegalArgumentException("a load needs at least one caller and one iteration: " + callers
                    + " callers, " + warmUps + " warm-ups, " + iterations + " iterations");
        }
    }

    /** Returns how many calls are measured. */
    public long requests() {
        return (long) callers * iterations;
    }
}
