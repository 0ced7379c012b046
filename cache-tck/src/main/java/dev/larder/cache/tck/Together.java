package dev.larder.cache.tck;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** Threads that begin their tasks at the same moment. Once one has failed, the others are interrupted. */
final class Together {
    private static final long PATIENCE_SECONDS = 60;

    /** What one of the threads does. */
    @FunctionalInterface
    interface Task {
        void run(int thread) throws Exception;
    }

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private Together(int count, Task task) {
        CyclicBarrier barrier = new CyclicBarrier(count);
        for (int i = 0; i < count; i++) {
            int number = i;
            Thread thread = new Thread(
                    () -> {
                        try {
                            barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                            task.run(number);
                        } catch (Throwable e) {
                            failures.add(e);
                            threads.forEach(Thread::interrupt);
                        }
                    },
                    "contract-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** Starts {@code count} threads that run {@code task}, told their number from 0. */
    static Together start(int count, Task task) {
        return new Together(count, task);
    }

    /** Runs {@code task} in {@code count} threads until all are done, and throws what the first failed with. */
    static void run(int count, Task task) {
        start(count, task).join();
    }

    /** Waits for all threads and throws what the first failed with; fails if they do not end. */
    void join() {
        long patienceEndsAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (Thread thread : threads) {
            long patience = TimeUnit.NANOSECONDS.toMillis(patienceEndsAt - System.nanoTime());
            try {
                thread.join(Math.max(1, patience));
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while calls were under way", e);
            }
            if (thread.isAlive()) {
                AssertionError hangs = new AssertionError("a call hangs in " + thread.getName());
                hangs.setStackTrace(thread.getStackTrace());
                throw hangs;
            }
        }
        Throwable first = failures.poll();
        if (first != null) {
            AssertionError failed = new AssertionError("a thread failed: " + first, first);
            failures.forEach(failed::addSuppressed);
            throw failed;
        }
    }

    /** Waits for {@code latch}, not for ever. */
    static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the other threads did not get that far");
        }
    }
}
