package dev.larder.perf.limits;

import dev.larder.perf.suite.CallerThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Callers that are let loose all at once, and timed together: single calls are too short to be timed. */
final class Crew {
    private Crew() {}

    /** What one caller does. */
    @FunctionalInterface
    interface Shift {
        /** Makes all calls of the caller of this number; returns how many gave a wrong value. */
        long work(int caller) throws Exception;
    }

    /**
     * Returns how long it took from the start of all callers to the end of the last one. A single caller is the thread
     * that calls this, and what it allocated is counted.
     *
     * @param operations how many calls all of them make together
     * @throws InterruptedException if this thread is interrupted
     * @throws LimitsException if a call failed or gave a wrong value
     */
    static Sample run(int callers, long operations, Shift shift) throws InterruptedException {
        AtomicLong wrong = new AtomicLong();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        long allocated = Allocation.ofThisThread();
        long nanos = callers == 1 ? runHere(shift, wrong, failure) : runAll(callers, shift, wrong, failure);
        allocated = Allocation.ofThisThread() - allocated;
        Throwable first = failure.get();
        if (first instanceof InterruptedException interrupt) {
            throw interrupt;
        }
        if (first != null) {
            throw new LimitsException("a call failed: " + first, first);
        }
        if (wrong.get() > 0) {
            throw new LimitsException(wrong.get() + " values were missing or wrong");
        }
        return new Sample(operations, nanos, 0, allocated);
    }

    private static long runHere(Shift shift, AtomicLong wrong, AtomicReference<Throwable> failure) {
        long began = System.nanoTime();
        work(0, shift, wrong, failure);
        return System.nanoTime() - began;
    }

    private static long runAll(int callers, Shift shift, AtomicLong wrong, AtomicReference<Throwable> failure)
            throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(callers);
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int caller = i;
            threads.add(CallerThreads.unstarted(() -> {
                ready.countDown();
                try {
                    start.await();
                } catch (InterruptedException e) {
                    failure.compareAndSet(null, e);
                    return;
                }
                work(caller, shift, wrong, failure);
            }));
        }
        threads.forEach(Thread::start);
        ready.await();
        long began = System.nanoTime();
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return System.nanoTime() - began;
    }

    private static void work(int caller, Shift shift, AtomicLong wrong, AtomicReference<Throwable> failure) {
        try {
            wrong.addAndGet(shift.work(caller));
        } catch (Exception | Error e) {
            failure.compareAndSet(null, e);
        }
    }
}
