package dev.larder.perf.steady;

import dev.larder.perf.suite.CallerThreads;
import dev.larder.perf.suite.SuiteException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Has a crew make calls at the instants at which they are due, whether or not earlier ones have ended.
 *
 * <p>Each of the crew takes the next arrival that nobody has taken, makes its call ready, waits until it is due, and
 * makes it. Latency counts from the instant at which the call was due and not from that at which somebody was free to
 * make it: a store that stops for a moment delays every call that arrives meanwhile, and each of them says so
 * (coordinated omission cannot occur). A call that nobody could begin within {@link #GRACE} after the end of the window
 * is dropped.
 */
final class OpenLoop {
    /** How long after the end of the window a call may still begin. */
    static final Duration GRACE = Duration.ofSeconds(1);

    /** What begins later than this after it was due is counted as late. Waiting alone is off by a tenth of it. */
    static final Duration LATE = Duration.ofMillis(1);

    // Until then everybody has taken an arrival and waits for it.
    private static final Duration RUN_UP = Duration.ofMillis(200);

    private final Arrivals arrivals;
    private final LongFunction<StoreCall> calls;
    private final Timeline time;
    private final Tally reads;
    private final Tally writes;
    private final AtomicLong nextArrival = new AtomicLong();
    private final LongAccumulator lastEnd = new LongAccumulator(Math::max, 0);
    private final AtomicReference<@Nullable Throwable> crash = new AtomicReference<>();
    private final CountDownLatch start = new CountDownLatch(1);
    // Written before the start, read after it.
    private long origin;

    /**
     * Makes a loop that can run once.
     *
     * @param calls returns the call of a number, made ready
     */
    OpenLoop(Arrivals arrivals, LongFunction<StoreCall> calls, Timeline time) {
        this.arrivals = arrivals;
        this.calls = calls;
        this.time = time;
        long longest = arrivals.window()
                .plus(GRACE)
                .plus(StoreCall.PATIENCE)
                .multipliedBy(2)
                .toNanos();
        this.reads = new Tally(longest);
        this.writes = new Tally(longest);
    }

    /** Returns how many of at most {@code users} have work: nobody needs more hands than there are calls. */
    static int crew(int users, Arrivals arrivals) {
        return (int) Math.min(users, arrivals.count());
    }

    /**
     * Lets calls arrive, and returns when the last one has ended or was dropped.
     *
     * @param users how many calls can be under way at once
     * @param eachSecond is called in this thread as long as it takes
     */
    void run(int users, Runnable eachSecond) throws InterruptedException {
        int size = crew(users, arrivals);
        CountDownLatch ready = new CountDownLatch(size);
        CountDownLatch done = new CountDownLatch(size);
        List<Thread> crew = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            crew.add(CallerThreads.unstarted(() -> work(ready, done)));
        }
        try {
            crew.forEach(Thread::start);
            ready.await();
            origin = time.nanoTime() + RUN_UP.toNanos();
            start.countDown();
            while (!done.await(1, TimeUnit.SECONDS)) {
                eachSecond.run();
            }
        } catch (OutOfMemoryError e) {
            crew.forEach(Thread::interrupt);
            throw new SuiteException("cannot start " + size + " threads: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            crew.forEach(Thread::interrupt);
            throw e;
        }
        Throwable thrown = crash.get();
        if (thrown != null) {
            throw new IllegalStateException("the load itself failed", thrown);
        }
    }

    private void work(CountDownLatch ready, CountDownLatch done) {
        try {
            ready.countDown();
            start.await();
            for (long number = nextArrival.getAndIncrement();
                    number < arrivals.count();
                    number = nextArrival.getAndIncrement()) {
                serve(calls.apply(number), origin + arrivals.dueNanos(number));
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            crash.compareAndSet(null, e);
        } finally {
            done.countDown();
        }
    }

    private void serve(StoreCall call, long due) throws InterruptedException {
        Tally tally = call.isRead() ? reads : writes;
        time.await(due);
        long began = time.nanoTime();
        if (began - origin > arrivals.window().plus(GRACE).toNanos()) {
            tally.dropped();
            return;
        }
        String fault = make(call);
        long ended = time.nanoTime();
        lastEnd.accumulate(ended - origin);
        tally.made(ended - due, began - due > LATE.toNanos());
        if (fault == null) {
            fault = call.fault();
            if (fault != null) {
                tally.gotWrong();
            }
        }
        if (fault != null) {
            tally.failed(fault);
        } else if (call.hasFound()) {
            tally.found();
        }
    }

    /** Returns what the call threw, or null. */
    private static @Nullable String make(StoreCall call) {
        try {
            call.make();
            return null;
        } catch (RuntimeException | Error e) {
            return e.toString();
        }
    }

    /** Returns what became of the reads of a loop that has run. */
    Tally reads() {
        return reads;
    }

    /** Returns what became of the writes of a loop that has run. */
    Tally writes() {
        return writes;
    }

    /** Returns what became of all calls of a loop that has run. */
    Tally all() {
        Tally all = new Tally(reads.longestNanos());
        all.add(reads);
        all.add(writes);
        return all;
    }

    /** Returns the time from the beginning of the window to the end of the last call. */
    long wallNanos() {
        return lastEnd.get();
    }

    /** Returns the time since the beginning of the window. */
    long sinceOriginNanos() {
        return time.nanoTime() - origin;
    }
}
