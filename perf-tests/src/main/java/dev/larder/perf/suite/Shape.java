package dev.larder.perf.suite;

/** What the callers of a scenario do. */
public interface Shape {
    /**
     * Brings a new site into the state that the scenario starts from.
     *
     * @throws Exception if that fails, which ends the run
     */
    void prepare(Site site) throws Exception;

    /** Returns whether callers use the store itself, and never the upstream. */
    default boolean isOnEntries() {
        return false;
    }

    /**
     * Returns what one caller does.
     *
     * @param phase distinguishes the calls of the warm-up from those that are measured
     * @param number which caller, from 0
     */
    Caller caller(Site site, String phase, int number);
}
