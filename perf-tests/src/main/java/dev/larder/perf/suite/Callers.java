package dev.larder.perf.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/** Lets callers loose, all at once. */
public final class Callers {
    private Callers() {}

    /** Has each of {@code count} callers make {@code iterations} calls, and returns when the last one has ended. */
    public static Recorded run(int count, int iterations, IntFunction<Caller> callers) throws InterruptedException {
        return Recorded.merge(letLoose(count, iterations, callers, CallerThreads::unstarted));
    }

    /**
     * Does the same on threads of the system's: for callers who go on until others have ended. Virtual ones whose calls
     * never block leave those others no processor.
     */
    public static Recorded runOnPlatformThreads(int count, int iterations, IntFunction<Caller> callers)
            throws InterruptedException {
        return Recorded.merge(letLoose(count, iterations, callers, CallerThreads::platform));
    }

    /** Does the same as the first one, and adds how long each call took to {@code latencies}. */
    static Recorded run(int count, int iterations, IntFunction<Caller> callers, Histogram latencies)
            throws InterruptedException {
        List<Recorder> recorders = letLoose(count, iterations, callers, CallerThreads::unstarted);
        recorders.forEach(recorder -> latencies.add(recorder.latencies()));
        return Recorded.merge(recorders);
    }

    private static List<Recorder> letLoose(
            int count, int iterations, IntFunction<Caller> callers, Function<Runnable, Thread> newThread)
            throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(count);
        CountDownLatch start = new CountDownLatch(1);
        List<Recorder> recorders = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Caller caller = callers.apply(number);
            Recorder recorder = Recorder.readAtTheEnd();
            recorders.add(recorder);
            threads.add(newThread.apply(() -> {
                ready.countDown();
                try {
                    start.await();
                    recorder.record(caller, iterations);
                } catch (InterruptedException | RuntimeException | Error e) {
                    recorder.fail(e.toString());
                }
            }));
        }
        threads.forEach(Thread::start);
        ready.await();
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return recorders;
    }
}
