package dev.larder.perf.scenarios.calls;

import dev.larder.perf.suite.Bench;
import dev.larder.perf.suite.Callers;
import dev.larder.perf.suite.Cell;
import dev.larder.perf.suite.Course;
import dev.larder.perf.suite.Findings;
import dev.larder.perf.suite.GcWatch;
import dev.larder.perf.suite.Load;
import dev.larder.perf.suite.Measurement;
import dev.larder.perf.suite.Recorded;
import dev.larder.perf.suite.Series;
import dev.larder.perf.suite.Site;
import dev.larder.perf.suite.TimedCallers;
import dev.larder.perf.suite.Vitals;
import java.util.List;

/**
 * Callers who make calls until a time has passed.
 *
 * @param stages how many of them there are in each of the parts of that time
 */
record InStages(List<Integer> stages) implements Course {
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
            Vitals before = Vitals.afterGc();
            calls.newOnes();
            long callsBefore = bench.upstream().calls();
            try (GcWatch collector = GcWatch.open()) {
                TimedCallers.Timed timed =
                        TimedCallers.run(stages, load.extent().window(), number -> calls.both("measured", number));
                Series series = new Series(timed.points(), collector.pauses());
                long pauses = collector.count();
                long pausedMillis = collector.totalMillis();
                long upstreamCalls = bench.upstream().calls() - callsBefore;
                Recorded recorded = timed.recorded();
                site.settle();
                Measurement measurement = Measurement.of(recorded)
                        .settledNow()
                        .answered(upstreamCalls)
                        .series(series)
                        .detail("gcCount", pauses)
                        .detail("gcPauseMillis", pausedMillis)
                        .detail("heapAfterGcFirstBytes", before.heapBytes())
                        .detail("heapAfterGcLastBytes", Vitals.afterGc().heapBytes());
                findings.failed("calls", recorded);
                findings.storeFailures(site);
                // What was evicted is asked of the upstream again, which a soak may come to.
                if (site.store().stats().evictions() == 0) {
                    findings.count("calls reached the upstream", upstreamCalls, calls.newOnes());
                }
                return (stages.size() == 1
                                ? measurement.detail("driftPercent", driftPercent(series.points()))
                                : measurement)
                        .faults(findings.faults());
            }
        }
    }

    /** Returns by how much the last quarter's throughput is above the first one's; below it where negative. */
    static double driftPercent(List<Series.Point> points) {
        int quarter = Math.max(1, points.size() / 4);
        double first = throughput(points.subList(0, quarter));
        double last = throughput(points.subList(points.size() - quarter, points.size()));
        return first == 0 ? 0 : (last - first) / first * 100;
    }

    // The slices are of the same length, but for what the machine delays.
    private static double throughput(List<Series.Point> points) {
        return points.stream()
                .mapToDouble(Series.Point::throughputPerSecond)
                .average()
                .orElse(0);
    }
}
