package dev.larder.perf.scenarios.hitrate;

import dev.larder.perf.suite.Bench;
import dev.larder.perf.suite.Callers;
import dev.larder.perf.suite.Cell;
import dev.larder.perf.suite.Course;
import dev.larder.perf.suite.Findings;
import dev.larder.perf.suite.Load;
import dev.larder.perf.suite.Measurement;
import dev.larder.perf.suite.Recorded;
import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Site;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which part of the calls a store answers.
 *
 * <p>First through the client, where the part is known and has to be exact: of POSTs whose answers are all kept, of
 * which none is, of which every other one is, and of those of very many callers at once. Then the store itself: traces
 * of calls of which some are popular, within bounds that not all entries fit in, beside what Caffeine makes of them and
 * what can be made of them at most.
 */
public final class HitRate implements Course {
    private static final int CROWD = 1_000;
    /** How many answers the crowd shares that are kept, and how many that are not. */
    private static final int SHARED = 100;

    private static final int CALLERS = 10;
    private static final int CALLS = 10;

    // 20,000 calls leave out half of 10,000 entries at the lowest exponent, and answer nine of ten at the highest.
    private static final int POPULATION = 10_000;
    private static final int TRACE = 20_000;
    private static final List<Double> EXPONENTS = List.of(0.8, 1.0, 1.2);
    private static final int QUICK_POPULATION = 2_000;
    private static final int QUICK_TRACE = 2_000;
    private static final List<Double> QUICK_EXPONENTS = List.of(1.0);

    /** Returns the scenario. */
    public static Scenario scenario() {
        return new Scenario(
                "hit-rate",
                "POSTs of which all, none and half are kept, then 1,000 callers at once; and Zipf traces on the store"
                        + " itself within small, medium and large bounds, beside the optimum and Caffeine.",
                new HitRate(),
                List.of(new Scenario.Crowd(CROWD, 2)),
                1);
    }

    @Override
    public Measurement run(Bench bench, Cell cell, Load load) throws Exception {
        Measurement measurement;
        try (Site site = bench.site(cell.store())) {
            Posts posts = new Posts(bench, site);
            double warm = posts.ratio("warm", 1);
            double cold = posts.ratio("cold", 0);
            double half = posts.ratio("half", 0.5);
            measurement = posts.crowd(load)
                    .detail("warmRatio", warm)
                    .detail("coldRatio", cold)
                    .detail("halfRatio", half)
                    .faults(posts.findings.faults());
        }
        boolean quick = load.extent().quick();
        int population = quick ? QUICK_POPULATION : POPULATION;
        Traces traces = new Traces(bench, cell.store());
        for (double exponent : quick ? QUICK_EXPONENTS : EXPONENTS) {
            Trace trace = Trace.zipf(population, quick ? QUICK_TRACE : TRACE, exponent);
            traces.run(exponent, trace, Bound.of("small", population, 5));
            traces.run(exponent, trace, Bound.of("medium", population, 20));
            traces.run(exponent, trace, Bound.of("large", population, 60));
        }
        return measurement.detail("zipf", traces.results()).faults(traces.faults());
    }

    private static String[] texts(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(number -> prefix + number).toArray(String[]::new);
    }

    /** POSTs through the client, and what is wrong with what came of them. */
    private static final class Posts {
        private final Bench bench;
        private final Site site;
        private final Findings findings = new Findings();

        Posts(Bench bench, Site site) {
            this.bench = bench;
            this.site = site;
        }

        /** Sends different POSTs of which this part is kept, and returns the part that was answered by the store. */
        double ratio(String phase, double kept) throws Exception {
            int requests = CALLERS * CALLS;
            site.keep(texts(phase + "-", (int) (requests * kept)));
            long before = bench.upstream().calls();
            Recorded recorded = Callers.run(
                    CALLERS, CALLS, number -> iteration -> site.post(phase + "-" + (number + iteration * CALLERS)));
            long calls = bench.upstream().calls() - before;
            findings.failed("calls of phase '" + phase + "'", recorded);
            findings.count(
                    "of " + requests + " calls of phase '" + phase + "' were answered by the store",
                    requests - calls,
                    Math.round(requests * kept));
            return (requests - calls) / (double) requests;
        }

        /** Has each caller ask for an answer that is kept, then for one that is not; each is asked for by several. */
        Measurement crowd(Load load) throws Exception {
            site.keep(texts("kept-", SHARED));
            long before = bench.upstream().calls();
            Recorded recorded = Callers.run(
                    load.callers(),
                    load.iterations(),
                    number -> iteration -> site.post((iteration % 2 == 0 ? "kept-" : "new-") + number % SHARED));
            long calls = bench.upstream().calls() - before;
            site.settle();
            findings.failed("calls of the crowd", recorded);
            findings.count("calls of the crowd reached the upstream", calls, Math.min(SHARED, load.callers()));
            findings.storeFailures(site);
            return Measurement.of(recorded).settledNow().answered(calls);
        }
    }
}
