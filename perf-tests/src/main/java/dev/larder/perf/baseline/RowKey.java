package dev.larder.perf.baseline;

/**
 * What a row of a run is about: rows of two runs with the same key are compared.
 *
 * @param store the store's name
 * @param scenario the scenario's name
 * @param threads how many callers there were
 */
public record RowKey(String store, String scenario, int threads) {
    /** Returns the three in a few words. */
    @Override
    public String toString() {
        return store + ", " + scenario + ", " + threads + (threads == 1 ? " caller" : " callers");
    }
}
