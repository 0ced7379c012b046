package dev.larder.perf.scenarios.pool;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.StoreCapability;
import dev.larder.perf.suite.Bench;
import dev.larder.perf.suite.Callers;
import dev.larder.perf.suite.Cell;
import dev.larder.perf.suite.Course;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.Findings;
import dev.larder.perf.suite.Load;
import dev.larder.perf.suite.Meanwhile;
import dev.larder.perf.suite.Measurement;
import dev.larder.perf.suite.Recorded;
import dev.larder.perf.suite.Site;
import dev.larder.perf.suite.SplitMix;
import dev.larder.perf.suite.Vitals;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * More callers than a store has connections, or whatever else it shares out.
 *
 * <p>No store lets itself be held from outside: a scan holds nothing while its visitor runs. So what is shared is kept
 * busy instead, by more callers than it is enough for, each with a long read or a long write.
 */
final class PoolCourse implements Course {
    private static final String OPTION = "readers";
    private static final int FEW = 4;
    private static final int READS_EACH = 4;
    private static final int IMPATIENT = 10;
    private static final int WRITERS = 4;
    private static final int WRITTEN_AT_ONCE = 256;
    private static final long FIRST_WRITTEN = 10_000;
    private static final long FIRST_IMPATIENT = 1_000_000;
    private static final long FIRST_RECOVERED = 2_000_000;

    // Connections that were opened late, threads of the JVM's own: far fewer than calls, each of which might leak one.
    private static final int TOLERATED = 64;

    @Override
    public Measurement run(Bench bench, Cell cell, Load load) throws Exception {
        Optional<CacheStore> few = cell.store().openWith(OPTION, Integer.toString(FEW), bench.newDirectory());
        CacheStore store = few.isPresent() ? few.get() : cell.store().open(bench.newDirectory());
        Site site = bench.site(store);
        Visit visit = new Visit(site, load);
        boolean complete = false;
        try {
            Measurement measurement = visit.run();
            complete = true;
            visit.report(site::close);
            return measurement
                    .detail("pool", describe(store, few.isPresent()))
                    .detail("reportedByFlushAndClose", visit.reported);
        } finally {
            if (!complete) {
                site.close();
            }
        }
    }

    private static String describe(CacheStore store, boolean few) {
        if (store.capabilities().contains(StoreCapability.IMMEDIATE)) {
            return "no pool: no call waits";
        }
        return few ? FEW + " readers" : "as it is: no such option";
    }

    /** One repetition. */
    private static final class Visit {
        private final Site site;
        private final PoolCalls calls;
        private final Load load;
        private final boolean quick;
        private final Findings findings = new Findings();
        private int reported;
        private volatile boolean ended;

        private Visit(Site site, Load load) {
            this.site = site;
            this.calls = new PoolCalls(site);
            this.load = load;
            this.quick = load.extent().quick();
        }

        private Measurement run() throws InterruptedException {
            site.store().putAll(site.entries(0, PoolCalls.SHARED, 0), Site.soon());
            int most = mostWithoutWaiting();
            if (load.warmUps() > 0) {
                findings.failed("calls of the warm-up", gets(load.warmUps(), 1));
            }
            Recorded recorded = gets(load.iterations(), 2);
            findings.failed("calls", recorded);
            Vitals before = Vitals.now();
            long lateGets = exhaustReaders();
            long latePuts = exhaustWriters();
            report(() -> site.store().flush(Site.soon()));
            Set<Long> dropped = dropped();
            recover();
            Vitals after = Vitals.now();
            Set<Long> done = new HashSet<>(dropped);
            done.removeAll(dropped());
            findings.that(
                    done.isEmpty(), done.size() + " puts that were given up and dropped were done some time later");
            findings.that(
                    after.fileHandles() - before.fileHandles() <= TOLERATED,
                    "file handles went from " + before.fileHandles() + " to " + after.fileHandles());
            findings.that(
                    after.threads() - before.threads() <= TOLERATED,
                    "threads went from " + before.threads() + " to " + after.threads());
            return Measurement.of(recorded)
                    .onEntries()
                    .detail("callersAtOnceWithoutSleep", most)
                    .detail("timedOutGets", lateGets)
                    .detail("timedOutPuts", latePuts)
                    .detail("droppedPuts", dropped.size())
                    .detail("longestPastDeadlineNanos", calls.longestOverdueNanos())
                    .detail("fileHandlesMore", after.fileHandles() - before.fileHandles())
                    .detail("threadsMore", after.threads() - before.threads())
                    .faults(findings.faults());
        }

        /**
         * Does what may report that a put which was accepted is not durable. Tiers accept one whose time ran out on the
         * way to the far tier, and say so later, as the contract has it.
         */
        private void report(Runnable flushing) {
            try {
                flushing.run();
            } catch (CacheStoreException e) {
                reported++;
            }
        }

        /**
         * Returns how many callers can read at once before some are put to sleep. That may be more than there are
         * readers: where a read is short, who finds none free lets the others finish theirs first.
         */
        private int mostWithoutWaiting() throws InterruptedException {
            int rounds = quick ? 3 : 5;
            int most = 0;
            for (int callers = 1; callers <= load.callers(); callers *= 2) {
                int withWaits = 0;
                for (int round = 0; round < rounds; round++) {
                    int waited = Waits.of(callers, () -> {
                        for (int i = 0; i < READS_EACH; i++) {
                            calls.readAll();
                        }
                    });
                    withWaits += waited > 0 ? 1 : 0;
                }
                // Not one: classes are loaded under locks, and connections are opened when first needed.
                if (withWaits > rounds / 2) {
                    findings.that(
                            !site.store().capabilities().contains(StoreCapability.IMMEDIATE),
                            "callers of a store that never blocks waited for each other");
                    break;
                }
                most = callers;
            }
            return most;
        }

        private Recorded gets(int iterations, int seed) throws InterruptedException {
            return Callers.run(
                    load.callers(),
                    iterations,
                    number -> iteration ->
                            calls.get((long) (SplitMix.unit(seed * 1_000L + number, iteration) * PoolCalls.SHARED)));
        }

        /** Returns how many impatient gets ran out of time beside patient reads, none of which may. */
        private long exhaustReaders() throws InterruptedException {
            ended = false;
            CountDownLatch busy = new CountDownLatch(load.callers());
            Meanwhile<Recorded> patient = Meanwhile.begin(() -> Callers.runOnPlatformThreads(
                    load.callers(), 1, number -> iteration -> calls.readUntil(() -> ended, busy::countDown)));
            try {
                findings.that(busy.await(60, TimeUnit.SECONDS), "patient reads did not come to an end");
                findings.failed(
                        "impatient gets",
                        Callers.run(IMPATIENT, quick ? 5 : 20, number -> iteration -> calls.impatientGet(iteration)));
            } finally {
                ended = true;
            }
            findings.failed("patient reads beside impatient ones", patient.end());
            return calls.timedOut();
        }

        /** Returns how many impatient puts ran out of time beside patient writes, none of which may. */
        private long exhaustWriters() throws InterruptedException {
            ended = false;
            CountDownLatch busy = new CountDownLatch(WRITERS);
            Meanwhile<Recorded> patient = Meanwhile.begin(() -> Callers.runOnPlatformThreads(
                    WRITERS,
                    1,
                    number -> iteration -> calls.writeUntil(
                            FIRST_WRITTEN + (long) number * WRITTEN_AT_ONCE,
                            WRITTEN_AT_ONCE,
                            () -> ended,
                            busy::countDown)));
            try {
                findings.that(busy.await(60, TimeUnit.SECONDS), "patient writes did not come to an end");
                findings.failed(
                        "impatient puts",
                        Callers.run(
                                IMPATIENT,
                                quick ? 5 : 20,
                                number -> iteration ->
                                        calls.impatientPut(FIRST_IMPATIENT + number * 1_000L + iteration)));
            } finally {
                ended = true;
            }
            findings.failed("patient writes beside impatient ones", patient.end());
            return calls.timedOut();
        }

        /**
         * Returns the puts that ran out of time and are not there. Those that are there had begun before their
         * deadline, and must be whole.
         */
        private Set<Long> dropped() {
            Set<Long> dropped = new HashSet<>();
            for (long number : calls.givenUp()) {
                CacheEntry found = site.kept(number);
                if (found == null) {
                    dropped.add(number);
                } else {
                    String fault = Entries.fault(number, found);
                    findings.that(fault == null, "a put that ran out of time left " + fault);
                }
            }
            return dropped;
        }

        /** All is well again: nobody fails, and what is put is there. */
        private void recover() throws InterruptedException {
            findings.failed("gets after the exhaustion", gets(5, 3));
            findings.failed(
                    "puts after the exhaustion",
                    Callers.run(
                            load.callers(),
                            1,
                            number -> iteration ->
                                    calls.writeUntil(FIRST_RECOVERED + number * 10L, 2, () -> true, () -> {})));
        }
    }
}
