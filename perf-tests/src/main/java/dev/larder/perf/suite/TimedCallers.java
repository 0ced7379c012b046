package dev.larder.perf.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/**
 * Lets callers loose until a time has passed, more of them in each stage of it, and looks at them meanwhile.
 *
 * <p>The slices of time are so long that there are never more than {@value #MOST_POINTS}, so that hours take no more
 * memory than seconds.
 */
public final class TimedCallers {
    /** The most points that a series has. */
    public static final int MOST_POINTS = 600;

    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final IntFunction<Caller> callers;
    private final List<Recorder> recorders = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Series.Point> points = new ArrayList<>();
    private final long beganAtNanos = System.nanoTime();
    private long sliceBeganAtNanos = beganAtNanos;
    private volatile boolean ended;

    private TimedCallers(IntFunction<Caller> callers) {
        this.callers = callers;
    }

    /**
     * What callers saw.
     *
     * @param recorded all of it
     * @param points slice by slice
     */
    public record Timed(Recorded recorded, List<Series.Point> points) {}

    /**
     * Has callers make calls until {@code window} has passed, and returns when the last of the calls has ended.
     *
     * @param stages how many callers there are in each of the stages, which are of the same length; never fewer than
     *     in the one before
     * @param callers what each of them does, by number from 0
     */
    public static Timed run(List<Integer> stages, Duration window, IntFunction<Caller> callers)
            throws InterruptedException {
        TimedCallers run = new TimedCallers(callers);
        try {
            run.run(stages, window.toNanos() / stages.size());
        } finally {
            run.ended = true;
            for (Thread thread : run.threads) {
                thread.join();
            }
        }
        // Calls that were under way at the end count, and are in no slice.
        run.recorders.forEach(recorder -> recorder.drainInto(Recorder.newHistogram()));
        return new Timed(Recorded.merge(run.recorders), List.copyOf(run.points));
    }

    private void run(List<Integer> stages, long stageNanos) throws InterruptedException {
        int slices = (int) Math.max(1, Math.min(stageNanos / SLICE_NANOS, MOST_POINTS / stages.size()));
        for (int stage = 0; stage < stages.size(); stage++) {
            while (recorders.size() < stages.get(stage)) {
                start();
            }
            for (int slice = 1; slice <= slices; slice++) {
                long endsAfter = stage * stageNanos + stageNanos * slice / slices;
                TimeUnit.NANOSECONDS.sleep(beganAtNanos + endsAfter - System.nanoTime());
                note();
            }
        }
    }

    private void start() {
        Caller caller = callers.apply(recorders.size());
        Recorder recorder = Recorder.readMeanwhile();
        recorders.add(recorder);
        Thread thread = CallerThreads.unstarted(() -> {
            try {
                recorder.record(caller, () -> ended);
            } catch (RuntimeException | Error e) {
                recorder.fail(e.toString());
            }
        });
        threads.add(thread);
        thread.start();
    }

    private void note() {
        Histogram slice = Recorder.newHistogram();
        recorders.forEach(recorder -> recorder.drainInto(slice));
        long now = System.nanoTime();
        points.add(new Series.Point(
                TimeUnit.NANOSECONDS.toMillis(now - beganAtNanos),
                recorders.size(),
                slice.getTotalCount() * 1e9 / Math.max(1, now - sliceBeganAtNanos),
                slice.getValueAtPercentile(50),
                slice.getValueAtPercentile(99)));
        sliceBeganAtNanos = now;
    }
}
