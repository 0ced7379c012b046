package dev.larder.perf.suite;

import java.util.ArrayList;
import java.util.List;

/** Runs stages one after another. */
public final class Suite {
    private Suite() {}

    /**
     * Returns what the stages gave, in their order.
     *
     * @throws IllegalArgumentException if a store's spec asks for what does not exist
     * @throws dev.larder.cache.CacheStoreException if storage cannot be opened
     * @throws SuiteException if something could not be run to its end
     */
    public static List<Result> run(List<? extends Stage> stages, Progress progress) throws InterruptedException {
        List<Result> results = new ArrayList<>();
        progress.begin(stages.stream().mapToInt(Stage::steps).sum());
        try {
            for (Stage stage : stages) {
                results.addAll(stage.run(progress));
            }
        } finally {
            progress.end();
        }
        return results;
    }
}
