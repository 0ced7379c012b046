package dev.larder.perf.scenarios.calls;

import dev.larder.perf.suite.Bench;
import dev.larder.perf.suite.Caller;
import dev.larder.perf.suite.Callers;
import dev.larder.perf.suite.Cell;
import dev.larder.perf.suite.Course;
import dev.larder.perf.suite.Findings;
import dev.larder.perf.suite.Load;
import dev.larder.perf.suite.Measurement;
import dev.larder.perf.suite.Recorded;
import dev.larder.perf.suite.Site;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** The same call alone, in sequence, at once, and often enough for percentiles. */
final class LatencyCourse implements Course {
    /** How many calls the percentiles are of. */
    static final int MANY = 1_000;

    private static final int MANY_IN_QUICK = 200;
    private static final int IN_SEQUENCE = 100;
    private static final int AT_ONCE = 20;

    @Override
    public Measurement run(Bench bench, Cell cell, Load load) throws Exception {
        try (Site site = bench.site(cell.store())) {
            HalfKept calls = new HalfKept(site);
            int many = load.extent().quick() ? MANY_IN_QUICK : MANY;
            Shapes warmUp = new Shapes("calls of the warm-up", load.warmUps());
            if (load.warmUps() > 0) {
                warmUp.run(number -> calls.both("warm-up", number));
            }
            calls.newOnes();
            long callsBefore = bench.upstream().calls();
            Shapes hits = new Shapes("calls for the kept answer", many);
            Recorded measured = hits.run(number -> calls.kept());
            long callsForKept = bench.upstream().calls() - callsBefore;
            Shapes misses = new Shapes("calls for new answers", many);
            misses.run(number -> calls.fresh("measured" + misses.crowds, number));
            long callsForNew = bench.upstream().calls() - callsBefore - callsForKept;
            site.settle();

            Findings findings = new Findings();
            findings.count("calls for the kept answer reached the upstream", callsForKept, 0);
            findings.count("calls for new answers reached the upstream", callsForNew, calls.newOnes());
            findings.storeFailures(site);
            Measurement measurement = Measurement.of(measured)
                    .answered(callsForKept)
                    .faults(warmUp.findings.faults())
                    .faults(hits.findings.faults())
                    .faults(misses.findings.faults())
                    .faults(findings.faults());
            for (Map.Entry<String, Long> figure : hits.figures.entrySet()) {
                measurement = measurement.detail("kept" + figure.getKey(), figure.getValue());
            }
            for (Map.Entry<String, Long> figure : misses.figures.entrySet()) {
                measurement = measurement.detail("new" + figure.getKey(), figure.getValue());
            }
            return measurement;
        }
    }

    /** The four shapes, of one kind of calls. */
    private static final class Shapes {
        private final String what;
        private final int many;
        private final Map<String, Long> figures = new LinkedHashMap<>();
        private final Findings findings = new Findings();
        private int crowds;

        private Shapes(String what, int many) {
            this.what = what;
            this.many = many;
        }

        /** Returns the last shape's calls. */
        private Recorded run(IntFunction<Caller> callers) throws InterruptedException {
            figures.put("SingleNanos", crowd(1, 1, callers).latency().max());
            Recorded sequence = crowd(1, IN_SEQUENCE, callers);
            figures.put("SequenceP50Nanos", sequence.latency().p50());
            figures.put("SequenceMaxNanos", sequence.latency().max());
            Recorded atOnce = crowd(AT_ONCE, 1, callers);
            figures.put("AtOnceP50Nanos", atOnce.latency().p50());
            figures.put("AtOnceMaxNanos", atOnce.latency().max());
            Recorded thousand = crowd(1, many, callers);
            figures.put("P50Nanos", thousand.latency().p50());
            figures.put("P95Nanos", thousand.latency().p95());
            figures.put("P99Nanos", thousand.latency().p99());
            figures.put("P999Nanos", thousand.latency().p999());
            return thousand;
        }

        private Recorded crowd(int count, int iterations, IntFunction<Caller> callers) throws InterruptedException {
            crowds++;
            Recorded recorded = Callers.run(count, iterations, callers);
            findings.failed(what, recorded);
            return recorded;
        }
    }
}
