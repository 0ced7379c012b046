package dev.larder.perf.suite;

import java.util.List;

/**
 * A part of a run: scenarios that are measured in one way, over every store of the run.
 *
 * <p>{@link ClosedLoop} is the one for scenarios made of callers and HTTP calls. What is measured differently is
 * another stage, with results of its own kind, which appear in the same reports.
 */
public interface Stage {
    /** Returns the steps that {@link #run} tells its progress of, with what is known about how long they take. */
    List<Step> plan();

    /**
     * Runs everything and returns what it gave.
     *
     * <p>A run can be interrupted. A stage that has results by then returns them, and leaves the thread's interrupt status
     * set; one that has none throws.
     *
     * @throws InterruptedException if this thread is interrupted, and nothing is kept
     * @throws IllegalArgumentException if a store's spec asks for what does not exist
     * @throws dev.larder.cache.CacheStoreException if storage cannot be opened
     * @throws SuiteException if something could not be run to its end
     */
    List<? extends Result> run(Progress progress) throws InterruptedException;
}
