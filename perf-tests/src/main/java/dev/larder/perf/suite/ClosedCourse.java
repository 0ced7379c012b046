package dev.larder.perf.suite;

import java.io.IOException;

/**
 * Callers of one shape, each of whom makes the next call when the last one has ended.
 *
 * @param shape what each caller does
 * @param expectation what must hold afterwards, whatever the store and however long it took
 */
public record ClosedCourse(Shape shape, Expectation expectation) implements Course {
    @Override
    public Measurement run(Bench bench, Cell cell, Load load) throws Exception {
        try (Site site = bench.site(cell.store())) {
            shape.prepare(site);
            if (load.warmUps() > 0) {
                warmUp(site, load);
            }
            long callsBefore = bench.upstream().calls();
            Recorded recorded =
                    Callers.run(load.callers(), load.iterations(), number -> shape.caller(site, "measured", number));
            long upstreamCalls = bench.upstream().calls() - callsBefore;
            site.settle();
            Measurement measurement = Measurement.of(recorded).settledNow().answered(upstreamCalls);
            return (shape.isOnEntries() ? measurement.onEntries() : measurement)
                    .faults(expectation.violations(
                            load,
                            new Expectation.Outcome(
                                    recorded.errors(), recorded.firstError(), site.storeFailures(), upstreamCalls)));
        }
    }

    private void warmUp(Site site, Load load) throws IOException, InterruptedException {
        Recorded recorded =
                Callers.run(load.callers(), load.warmUps(), number -> shape.caller(site, "warm-up", number));
        if (recorded.errors() > 0) {
            throw new IOException(
                    recorded.errors() + " calls failed in the warm-up, the first with: " + recorded.firstError());
        }
    }
}
