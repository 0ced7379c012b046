package dev.larder.perf.scenarios.calls;

import dev.larder.perf.suite.Bench;
import dev.larder.perf.suite.Callers;
import dev.larder.perf.suite.Cell;
import dev.larder.perf.suite.Course;
import dev.larder.perf.suite.Findings;
import dev.larder.perf.suite.Load;
import dev.larder.perf.suite.Measurement;
import dev.larder.perf.suite.Recorded;
import dev.larder.perf.suite.Site;
import java.util.ArrayList;
import java.util.List;

/** How many calls a store does in a second, once and batch after batch. */
final class ThroughputCourse implements Course {
    /** How many calls each of the 20 callers makes of the 500. */
    static final int EACH = 25;

    private static final int BATCHES = 10;
    private static final int BATCH_CALLERS = 10;
    private static final int BATCH_EACH = 5;

    @Override
    public Measurement run(Bench bench, Cell cell, Load load) throws Exception {
        try (Site site = bench.site(cell.store())) {
            HalfKept calls = new HalfKept(site);
            Findings findings = new Findings();
            if (load.warmUps() > 0) {
                findings.failed(
                        "calls of the warm-up",
                        Callers.run(load.callers(), load.warmUps(), number -> calls.both("warm-up", number)));
            }
            calls.newOnes();
            long callsBefore = bench.upstream().calls();
            Recorded whole = Callers.run(load.callers(), load.iterations(), number -> calls.both("measured", number));
            long upstreamCalls = bench.upstream().calls() - callsBefore;
            findings.failed("calls", whole);
            findings.count("calls reached the upstream", upstreamCalls, calls.newOnes());

            List<Long> batches = new ArrayList<>();
            long callsBeforeBatches = bench.upstream().calls();
            for (int batch = 0; batch < BATCHES; batch++) {
                String phase = "batch-" + batch;
                Recorded recorded = Callers.run(BATCH_CALLERS, BATCH_EACH, number -> calls.both(phase, number));
                findings.failed("calls of " + phase, recorded);
                batches.add(Math.round(recorded.requests() * 1e9 / Math.max(1, recorded.wallNanos())));
            }
            findings.count(
                    "calls of batches reached the upstream",
                    bench.upstream().calls() - callsBeforeBatches,
                    calls.newOnes());
            site.settle();
            findings.storeFailures(site);
            List<Long> sorted = batches.stream().sorted().toList();
            long median = sorted.get((BATCHES - 1) / 2);
            long slowest = sorted.get(0);
            long fastest = sorted.get(BATCHES - 1);
            return Measurement.of(whole)
                    .settledNow()
                    .answered(upstreamCalls)
                    .detail("batchesPerSecond", batches)
                    .detail("batchMedianPerSecond", median)
                    .detail("batchSlowestPerSecond", slowest)
                    .detail("batchFastestPerSecond", fastest)
                    .detail("batchSpread", (fastest - slowest) / (double) Math.max(1, median))
                    .faults(findings.faults());
        }
    }
}
