package dev.larder.perf.scenarios.held;

import dev.larder.cache.CacheStore;
import dev.larder.perf.suite.Bench;
import dev.larder.perf.suite.Call;
import dev.larder.perf.suite.CallerThreads;
import dev.larder.perf.suite.Cell;
import dev.larder.perf.suite.Course;
import dev.larder.perf.suite.EchoAnswers;
import dev.larder.perf.suite.Load;
import dev.larder.perf.suite.Measurement;
import dev.larder.perf.suite.Phases;
import dev.larder.perf.suite.Phases.Phase;
import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Site;
import dev.larder.perf.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What the program holds: with a store that nobody uses, while 100 callers wait for an answer at once, and after each
 * of five rounds of the same work, at whose end the store is cleared.
 */
public final class Memory implements Course {
    private static final int CALLERS = 100;
    // 40 new answers for each caller in a round, 4,000 in all: with their objects more than a leak may have.
    private static final int CALLS = 80;
    private static final int QUICK_CALLS = 4;
    private static final int ROUNDS = 5;
    private static final int MOST_ROUNDS = 10;
    private static final long LONGEST_STORING_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Returns the scenario. */
    public static Scenario scenario() {
        return new Scenario(
                "memory",
                "What the program holds at first, while 100 callers wait at once, and after each of five rounds of the"
                        + " same work by 100 callers, half of whose POSTs are new: heap, direct memory, file handles,"
                        + " threads.",
                new Memory(),
                List.of(new Scenario.Crowd(CALLERS, CALLS)),
                1);
    }

    @Override
    public Measurement run(Bench bench, Cell cell, Load load) throws Exception {
        try (Site site = bench.site(cell.store())) {
            boolean quick = load.extent().quick();
            Held idle = Held.settled(bench, quick);
            Phases phases = new Phases(bench);
            Held waiting = whileAllWait(bench, cell, load, phases);
            List<Held> rounds = new ArrayList<>();
            int calls = quick ? QUICK_CALLS : load.iterations();
            for (int round = 1; round <= ROUNDS || round <= MOST_ROUNDS && new Leaks(rounds).isSuspected(); round++) {
                work(site, "round " + round, load.callers(), calls, phases);
                rounds.add(Held.settled(bench, quick));
            }
            Leaks leaks = new Leaks(rounds);
            phases.findings().storeFailures(site);
            return phases.measurement()
                    .detail("idle", idle)
                    .detail("waiting", waiting)
                    .detail("rounds", rounds)
                    .detail("waitingHeapBytes", waiting.heapBytes() - idle.heapBytes())
                    .detail("heapBytesPerRound", leaks.perRound(Held::heapBytes))
                    .detail("directBytesPerRound", leaks.perRound(Held::directBytes))
                    .detail("fileHandlesPerRound", leaks.perRound(Held::fileHandles))
                    .detail("threadsPerRound", leaks.perRound(Held::threads))
                    .faults(leaks.faults());
        }
    }

    /** Has each caller send POSTs that nobody has sent, each of them twice, and then clears the store. */
    private static void work(Site site, String round, int callers, int calls, Phases phases)
            throws InterruptedException {
        CacheStore store = site.store();
        long putsBefore = store.stats().puts();
        Phase phase = phases.run(
                round, callers, calls, caller -> iteration -> site.post(round + " " + caller + " " + iteration / 2));
        long fresh = (long) callers * ((calls + 1) / 2);
        phases.findings().count("calls of " + round + " reached the upstream", phase.upstreamCalls(), fresh);
        // Answers are stored behind the callers' backs, and must be before all is cleared.
        long end = System.nanoTime() + LONGEST_STORING_NANOS;
        while (store.stats().puts() - putsBefore < fresh && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        store.flush(Site.soon());
        store.clear(Site.soon());
        store.flush(Site.soon());
    }

    /** Returns what is held while every caller waits for an upstream that does not answer before. */
    private static Held whileAllWait(Bench bench, Cell cell, Load load, Phases phases) throws Exception {
        int callers = load.callers();
        boolean quick = load.extent().quick();
        CountDownLatch missing = new CountDownLatch(callers);
        CountDownLatch seen = new CountDownLatch(1);
        AtomicReference<@Nullable Held> held = new AtomicReference<>();
        try (Upstream slow = Upstream.start("application/octet-stream", body -> {
                    missing.countDown();
                    if (missing.getCount() == 0 && held.compareAndSet(null, Held.meanwhile(bench, quick))) {
                        seen.countDown();
                    }
                    seen.await(60, TimeUnit.SECONDS);
                    return EchoAnswers.of(body);
                });
                Site site = bench.site(cell.store(), slow.uri())) {
            // Not with recorders, whose histograms are larger than what calls hold.
            List<Call> calls = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            AtomicReference<@Nullable String> failure = new AtomicReference<>();
            for (int caller = 0; caller < callers; caller++) {
                Call call = site.post("waiting " + caller);
                calls.add(call);
                threads.add(CallerThreads.unstarted(() -> make(call, failure)));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            for (Call call : calls) {
                failure.compareAndSet(null, call.fault());
            }
            Held whileWaiting = held.get();
            phases.findings()
                    .that(
                            failure.get() == null && whileWaiting != null,
                            "of " + callers + " callers at once not all got an answer: " + failure.get());
            return whileWaiting == null ? Held.meanwhile(bench, quick) : whileWaiting;
        }
    }

    private static void make(Call call, AtomicReference<@Nullable String> failure) {
        try {
            call.make();
        } catch (Exception e) {
            failure.compareAndSet(null, e.toString());
        }
    }
}
