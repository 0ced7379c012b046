package dev.larder.perf.micro;

import java.time.Duration;

/**
 * How much is done to measure a benchmark on a store.
 *
 * @param forks how many JVMs measure it one after another: what one of them compiles differently is seen only beside
 *     others; with 0 this JVM does, in which everything that it has run before has left its mark
 * @param warmUps how many iterations in each of them are not counted
 * @param iterations how many are
 * @param time how long each of them lasts
 */
public record MicroEffort(int forks, int warmUps, int iterations, Duration time) {
    // Of a store, and of a JVM where there is one for it.
    private static final Duration BEGINNING = Duration.ofMillis(1500);

    /** Returns what figures need that are to be believed. */
    public static MicroEffort full() {
        return new MicroEffort(2, 3, 5, Duration.ofMillis(400));
    }

    /**
     * Returns what gives a rough idea, in this JVM: to begin another one and a store in it takes two cores longer than
     * a second, which is most of what all benchmarks over four stores may take then.
     */
    public static MicroEffort quick() {
        return new MicroEffort(0, 4, 5, Duration.ofMillis(50));
    }

    /** Returns how long a benchmark takes on a store, as long as none has been seen. */
    Duration estimate() {
        return time.multipliedBy(warmUps + iterations).plus(BEGINNING).multipliedBy(Math.max(1, forks));
    }
}
