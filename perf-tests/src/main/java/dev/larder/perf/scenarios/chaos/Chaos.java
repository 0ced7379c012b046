package dev.larder.perf.scenarios.chaos;

import dev.larder.cache.CacheEntry;
import dev.larder.perf.suite.Bench;
import dev.larder.perf.suite.Cell;
import dev.larder.perf.suite.Course;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.Findings;
import dev.larder.perf.suite.Latency;
import dev.larder.perf.suite.Load;
import dev.larder.perf.suite.Measurement;
import dev.larder.perf.suite.Phases;
import dev.larder.perf.suite.Phases.Phase;
import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Site;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Callers of a client whose store is healthy, then fails, then stalls, and is healthy again.
 *
 * <p>Half of them ask for answers that are kept. Whatever the store does, every call gets its own answer, and the
 * upstream is asked no more often than without a cache. Afterwards what was kept before is there, and is used. How many
 * calls are answered meanwhile depends on when a client stops waiting for its store, so nothing is demanded of it but
 * that half of those which can be answered are, where the store is healthy.
 */
public final class Chaos implements Course {
    private static final int ENTRIES = 100;

    private static final int CALLERS = 8;
    private static final int CALLS = 200;
    private static final int QUICK_CALLS = 20;
    // Each of these waits for as long as a client does.
    private static final int STALLING_CALLS = 8;

    /** Returns the scenario. */
    public static Scenario scenario() {
        return new Scenario(
                "chaos",
                "Half of the callers send a POST whose answer is kept, the others new ones, while the store fails,"
                        + " stalls and recovers: callers notice nothing but the time that it takes.",
                new Chaos(),
                List.of(new Scenario.Crowd(CALLERS, CALLS)),
                1);
    }

    /**
     * What callers saw while the store was in one mood, under these names in JSON.
     *
     * @param requests how many calls they made
     * @param upstreamCalls how many calls reached the upstream meanwhile
     * @param hitRatio which part of the calls did not
     * @param storeFailures how often the client noticed that its store failed
     * @param latencyNanos how long the calls took
     */
    record Seen(long requests, long upstreamCalls, double hitRatio, long storeFailures, Latency latencyNanos) {}

    @Override
    public Measurement run(Bench bench, Cell cell, Load load) throws Exception {
        MoodyStore store = new MoodyStore(cell.store().open(bench.newDirectory()));
        try (Site site = bench.impatientSite(store)) {
            store.putAll(site.entries(0, ENTRIES, 0), Site.soon());
            boolean quick = load.extent().quick();
            int calls = quick ? QUICK_CALLS : load.iterations();
            site.keep(IntStream.range(0, load.callers())
                    .filter(Chaos::isKept)
                    .boxed()
                    .flatMap(caller -> IntStream.range(0, calls).mapToObj(iteration -> kept(caller, iteration)))
                    .toArray(String[]::new));
            Run run = new Run(bench, site, store, load.callers());
            run.demandHits("healthy", run.phase("healthy", Mood.HEALTHY, calls));
            run.phase("failing", Mood.FAILING, calls);
            run.phase("stalling", Mood.STALLING, quick ? 1 : STALLING_CALLS);
            run.phase("recovering", Mood.HEALTHY, calls);
            run.demandHits("recovered", run.phase("recovered", Mood.HEALTHY, calls));
            site.settle();
            run.demandTrouble();
            run.demandEntries();
            return run.measurement();
        }
    }

    private static boolean isKept(int caller) {
        return caller % 2 == 0;
    }

    /** Of each caller's own, and each asked for once in a phase: nobody is to be answered by somebody else's call. */
    private static String kept(int caller, int iteration) {
        return "kept-" + caller + "-" + iteration;
    }

    /** What was seen so far. */
    private static final class Run {
        private final Phases phases;
        private final Findings findings;
        private final Site site;
        private final MoodyStore store;
        private final int callers;
        private final Map<String, Seen> seen = new LinkedHashMap<>();

        Run(Bench bench, Site site, MoodyStore store, int callers) {
            this.phases = new Phases(bench);
            this.findings = phases.findings();
            this.site = site;
            this.store = store;
            this.callers = callers;
        }

        Phase phase(String name, Mood mood, int iterations) throws InterruptedException {
            store.mood(mood);
            long failuresBefore = site.storeFailures();
            Phase phase = phases.run(
                    name,
                    callers,
                    iterations,
                    caller -> iteration -> site.post(
                            isKept(caller) ? kept(caller, iteration) : name + "-" + caller + "-" + iteration));
            long requests = phase.recorded().requests();
            seen.put(
                    name,
                    new Seen(
                            requests,
                            phase.upstreamCalls(),
                            phase.hitRatio(),
                            site.storeFailures() - failuresBefore,
                            phase.recorded().latency()));
            findings.that(
                    phase.upstreamCalls() <= requests,
                    name + ": " + phase.upstreamCalls() + " calls reached the upstream, more than the " + requests
                            + " that were made");
            return phase;
        }

        void demandHits(String name, Phase phase) {
            long possible = phase.recorded().requests() * ((callers + 1) / 2) / callers;
            findings.that(
                    phase.hits() >= possible / 2,
                    name + ": the store answered " + phase.hits() + " of " + possible + " calls whose answer was kept");
        }

        /** Without any, the rest would prove nothing. */
        void demandTrouble() {
            findings.that(store.troubled() > 0, "no call has reached the store while it failed and stalled");
        }

        void demandEntries() {
            long gone = 0;
            for (int number = 0; number < ENTRIES; number++) {
                CacheEntry found = site.kept(number);
                String fault = found == null ? null : Entries.fault(number, found);
                findings.that(fault == null, "recovered: " + fault);
                gone += found == null ? 1 : 0;
            }
            findings.that(
                    gone <= store.stats().evictions(),
                    "recovered: " + gone + " of " + ENTRIES + " entries from before are not there any more");
        }

        Measurement measurement() {
            Measurement measurement = phases.measurement();
            for (Map.Entry<String, Seen> each : seen.entrySet()) {
                measurement = measurement
                        .detail(each.getKey(), each.getValue())
                        .detail(each.getKey() + "HitRatio", each.getValue().hitRatio())
                        .detail(
                                each.getKey() + "P99Nanos",
                                each.getValue().latencyNanos().p99());
            }
            return measurement;
        }
    }
}
