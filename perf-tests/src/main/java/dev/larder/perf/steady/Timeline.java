package dev.larder.perf.steady;

import java.util.concurrent.locks.LockSupport;

/** The time by which calls are due and measured. */
interface Timeline {
    /** Returns the time in nanoseconds from some origin; two of them are compared by their difference only. */
    long nanoTime();

    /**
     * Returns once {@link #nanoTime} has reached {@code nanos}.
     *
     * @throws InterruptedException if the thread is interrupted before
     */
    void await(long nanos) throws InterruptedException;

    /** Returns the time of the JVM. */
    static Timeline system() {
        return new Timeline() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void await(long nanos) throws InterruptedException {
                // Parked and not spinning: who waits must not take a core from the store. It costs some 0.1 ms, which
                // is in the latency. Not Thread.sleep, which JDK 17 rounds up to milliseconds.
                for (long left = nanos - nanoTime(); left > 0; left = nanos - nanoTime()) {
                    LockSupport.parkNanos(this, left);
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
            }
        };
    }
}
