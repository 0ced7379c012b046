package dev.larder.perf.suite;

import org.jspecify.annotations.Nullable;

/**
 * What one repetition of a cell gave.
 *
 * @param wallNanos from the first call of any caller to the end of the last one
 * @param settledNanos from the first call until the store had kept what it was given
 * @param latency of the calls
 * @param errors calls that threw or got the wrong answer
 * @param firstError what the first of them was; null if there was none
 * @param storeFailures what the cache reported as failures of its store
 * @param upstreamCalls calls that reached the upstream
 * @param lookedFor entries that calls have looked for in the store itself
 * @param found how many of those they have found
 */
public record Measurement(
        long wallNanos,
        long settledNanos,
        Latency latency,
        long errors,
        @Nullable String firstError,
        long storeFailures,
        long upstreamCalls,
        long lookedFor,
        long found) {}
