package dev.larder.perf.suite;

/**
 * One field of the table: a store, a scenario, and how many callers.
 *
 * @param store the store, new for each repetition
 * @param scenario what is done with it
 * @param callers how many do it at once
 */
public record Cell(StoreChoice store, Scenario scenario, int callers) {
    /** Returns the three in a few words. */
    @Override
    public String toString() {
        return store.name() + ", " + scenario.name() + ", " + callers + (callers == 1 ? " caller" : " callers");
    }
}
