package dev.larder.perf.suite;

import java.io.IOException;

/** Runs a cell once. */
final class Trial {
    private final Bench bench;

    Trial(Bench bench) {
        this.bench = bench;
    }

    Measurement run(Cell cell, Load load) throws Exception {
        try (Site site = Site.open(bench, cell.store())) {
            Shape shape = cell.scenario().shape();
            shape.prepare(site);
            if (load.warmUps() > 0) {
                warmUp(site, shape, load);
            }
            long callsBefore = bench.upstream().calls();
            Recorded recorded =
                    Callers.run(load.callers(), load.iterations(), number -> shape.caller(site, "measured", number));
            long upstreamCalls = bench.upstream().calls() - callsBefore;
            site.settle();
            long settledNanos = System.nanoTime() - recorded.beganAtNanos();
            return new Measurement(
                    recorded.wallNanos(),
                    settledNanos,
                    recorded.latency(),
                    recorded.errors(),
                    recorded.firstError(),
                    site.storeFailures(),
                    upstreamCalls,
                    recorded.lookedFor(),
                    recorded.found());
        }
    }

    private static void warmUp(Site site, Shape shape, Load load) throws IOException, InterruptedException {
        Recorded recorded =
                Callers.run(load.callers(), load.warmUps(), number -> shape.caller(site, "warm-up", number));
        if (recorded.errors() > 0) {
            throw new IOException(
                    recorded.errors() + " calls failed in the warm-up, the first with: " + recorded.firstError());
        }
    }
}
