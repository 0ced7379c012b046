package dev.larder.perf.suite;

import java.util.List;

/**
 * A part of a run: scenarios that are measured in one way, over every store of the run.
 *
 * <p>{@link ClosedLoop} is the one for scenarios made of callers and HTTP calls. What is measured differently is
 * another stage, with results of its own kind, which appear in the same reports.
 */
public interface Stage {
    /** Returns how many times {@link #run} tells its progress of a step. */
    int steps();

    /**
     * Runs everything and returns what it gave.
     *
     * @throws IllegalArgumentException if a store's spec asks for what does not exist
     * @throws dev.larder.cache.CacheStoreException if storage cannot be opened
     * @throws SuiteException if something could not be run to its end
     */
    List<? extends Result> run(Progress progress) throws InterruptedException;
}
