package dev.larder.perf.torture;

import java.nio.file.Path;

/**
 * How many processes use one file at once, and for how long.
 *
 * @param processes how many processes
 * @param threads how many threads in each, each with keys of its own
 * @param seconds for how long, or 0 if {@code operations} says it
 * @param operations how many operations each thread performs at most
 * @param bounded whether the store may keep only some of what is put
 * @param operationTimeout how many seconds a call may take
 * @param seed what the threads do follows from it
 * @param directory where the file goes; exists
 */
public record CrowdPlan(
        int processes,
        int threads,
        int seconds,
        int operations,
        boolean bounded,
        int operationTimeout,
        long seed,
        Path directory) {

    /** How many keys each thread has. */
    static final int KEYS = 200;

    private static final int USUAL_BYTES = 6_000;

    int owners() {
        return processes * threads;
    }

    /** Returns how many entries a bounded store keeps: fewer than there would be, so that it always evicts. */
    long maxEntries() {
        return owners() * (long) KEYS / 3;
    }

    long maxBytes() {
        return maxEntries() * USUAL_BYTES;
    }
}
