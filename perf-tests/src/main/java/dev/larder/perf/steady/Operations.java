package dev.larder.perf.steady;

import dev.larder.perf.suite.Latency;

/**
 * What became of the calls of one kind.
 *
 * @param requests calls that were made
 * @param errors those of them that threw or got a wrong value
 * @param dropped calls that were not made, because nobody was free to make them until after the end
 * @param late calls that were made, and began more than a millisecond after they were due
 * @param latency of the calls that were made, each from the instant at which it was due
 */
public record Operations(long requests, long errors, long dropped, long late, Latency latency) {
    /** Returns how many calls arrived. */
    public long offered() {
        return requests + dropped;
    }
}
