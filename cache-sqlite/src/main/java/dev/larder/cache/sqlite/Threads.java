package dev.larder.cache.sqlite;

/** Waiting for threads of a store to end. */
final class Threads {
    private Threads() {}

    /** Waits until the thread has ended. An interrupt meanwhile is kept for whoever asks next. */
    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
