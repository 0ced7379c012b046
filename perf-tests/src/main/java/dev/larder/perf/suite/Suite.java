package dev.larder.perf.suite;

import java.util.ArrayList;
import java.util.List;

/** Runs stages one after another. */
public final class Suite {
    private Suite() {}

    /**
     * Returns what the stages gave, in their order. If this thread is interrupted, that is what they gave until then,
     * and the thread's interrupt status is cleared, so that the results can be written.
     *
     * @throws IllegalArgumentException if a store's spec asks for what does not exist
     * @throws dev.larder.cache.CacheStoreException if storage cannot be opened
     * @throws SuiteException if something could not be run to its end
     */
    public static Outcome run(List<? extends Stage> stages, Progress progress) {
        List<Result> results = new ArrayList<>();
        progress.begin(stages.stream().flatMap(stage -> stage.plan().stream()).toList());
        try {
            for (Stage stage : stages) {
                results.addAll(stage.run(progress));
                if (Thread.interrupted()) {
                    return new Outcome(results, true);
                }
            }
            return new Outcome(results, false);
        } catch (InterruptedException e) {
            // A stage that keeps nothing when it is interrupted; what the others gave stays.
            return new Outcome(results, true);
        } finally {
            progress.end();
        }
    }
}
