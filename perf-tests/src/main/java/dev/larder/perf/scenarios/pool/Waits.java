package dev.larder.perf.scenarios.pool;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells whether callers had to wait, not by the time they took but by what the JVM knows of their threads. */
final class Waits {
    private Waits() {}

    /** Has so many threads do something at once, and returns how many of them waited: for a lock, or to be woken. */
    static int of(int callers, Runnable task) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(callers);
        AtomicInteger waited = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            // Of the platform: the JVM does not say of virtual ones how often they waited.
            Thread thread = new Thread(
                    () -> {
                        try {
                            start.await();
                        } catch (InterruptedException | BrokenBarrierException e) {
                            throw new IllegalStateException(e);
                        }
                        long before = ofThisThread();
                        task.run();
                        if (ofThisThread() > before) {
                            waited.incrementAndGet();
                        }
                    },
                    "larder-waits");
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return waited.get();
    }

    private static long ofThisThread() {
        ThreadInfo info = ManagementFactory.getThreadMXBean()
                .getThreadInfo(Thread.currentThread().getId());
        return info.getWaitedCount() + info.getBlockedCount();
    }
}
