package dev.larder.perf.suite;

/** How a scenario is run once. */
@FunctionalInterface
public interface Course {
    /**
     * Runs it over a store that nobody has used yet.
     *
     * @param bench the upstream, and sites to call it through
     * @param cell which store, and how many callers
     * @param load how much is asked for
     * @return what was measured, with whatever turned out wrong among its faults
     * @throws Exception if it could not be run to its end, which ends the whole run
     */
    Measurement run(Bench bench, Cell cell, Load load) throws Exception;
}
