package dev.larder.perf.suite;

/** One of the callers of a scenario. Used by one thread. */
@FunctionalInterface
public interface Caller {
    /** Returns the next call, made ready so that only what is to be measured is left to do. */
    Call call(int iteration);
}
