package dev.larder.perf.scenarios.slow;

import dev.larder.perf.suite.Bench;
import dev.larder.perf.suite.Call;
import dev.larder.perf.suite.Caller;
import dev.larder.perf.suite.Callers;
import dev.larder.perf.suite.Cell;
import dev.larder.perf.suite.Course;
import dev.larder.perf.suite.Findings;
import dev.larder.perf.suite.Load;
import dev.larder.perf.suite.Meanwhile;
import dev.larder.perf.suite.Measurement;
import dev.larder.perf.suite.Recorded;
import dev.larder.perf.suite.Site;
import dev.larder.perf.upstream.Upstream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An upstream that takes its time.
 *
 * <p>That nobody waits who need not is shown by an upstream that answers some requests only when others have ended: who
 * waited for it would wait in vain, however fast or slow the machine is.
 */
final class SlowUpstreamCourse implements Course {
    private static final Duration DELAY = Duration.ofMillis(20);
    private static final Duration IMPATIENCE = Duration.ofMillis(10);
    private static final int HITS = 200;
    private static final int HELD = 4;
    private static final int SHARING = 16;
    private static final String KEPT = "kept";

    @Override
    public Measurement run(Bench bench, Cell cell, Load load) throws Exception {
        HeldAnswers answers = new HeldAnswers(DELAY);
        try (Upstream upstream = Upstream.start("application/octet-stream", answers);
                Site site = bench.site(cell.store(), upstream.uri());
                // Or callers would wait for what is held when something went wrong, until their time is over.
                answers) {
            return new Visit(site, answers, load).run();
        }
    }

    /** One repetition. */
    private static final class Visit {
        private final Site site;
        private final HeldAnswers answers;
        private final Load load;
        private final Findings findings = new Findings();

        private Visit(Site site, HeldAnswers answers, Load load) {
            this.site = site;
            this.answers = answers;
            this.load = load;
        }

        private Measurement run() throws Exception {
            int misses = load.extent().quick() ? 5 : 20;
            int rounds = load.extent().quick() ? 2 : 8;
            findings.failed("calls before", Callers.run(1, 1, number -> caller(KEPT)));
            if (load.warmUps() > 0) {
                findings.failed(
                        "calls of the warm-up", Callers.run(load.callers(), load.warmUps(), number -> caller(KEPT)));
            }
            hold();
            Meanwhile<Recorded> others = Meanwhile.begin(() -> Callers.run(
                    load.callers(), misses, number -> iteration -> site.post("new-" + number + "-" + iteration)));
            int repeated = load.extent().quick() ? HITS / 4 : HITS;
            Recorded hits = Callers.run(load.callers(), repeated, number -> caller(KEPT));
            Recorded missed = others.end();
            findings.failed("calls for the kept answer", hits);
            findings.failed("calls for new answers", missed);
            for (int number = 0; number < load.callers(); number++) {
                for (int iteration = 0; iteration < misses; iteration++) {
                    once("new-" + number + "-" + iteration);
                }
            }
            long shared = share(rounds);
            once(KEPT);
            site.settle();
            findings.storeFailures(site);
            return Measurement.of(hits)
                    .answered(0)
                    .detail("newP50Nanos", missed.latency().p50())
                    .detail("newP99Nanos", missed.latency().p99())
                    .detail("sharedP50Nanos", shared)
                    .faults(findings.faults());
        }

        /** Has patient callers wait for an upstream that does not answer while others come and go. */
        private void hold() throws InterruptedException {
            Meanwhile<Recorded> patient =
                    Meanwhile.begin(() -> Callers.run(HELD, 1, number -> caller(HeldAnswers.HELD + number)));
            findings.that(answers.awaitHeld(HELD), "calls for new answers did not reach the upstream");
            findings.failed(
                    "calls for the kept answer while the upstream answered nothing",
                    Callers.run(load.callers(), HITS / 10, number -> caller(KEPT)));
            // Half of them want what a patient one is waiting for already, the others what nobody else wants.
            findings.failed(
                    "impatient calls",
                    Callers.run(
                            2 * HELD,
                            1,
                            number -> iteration -> new Impatient(site.post(HeldAnswers.HELD + number, IMPATIENCE))));
            answers.letGo();
            findings.failed("calls beside impatient ones", patient.end());
            findings.failed(
                    "calls after impatient ones",
                    Callers.run(2 * HELD, 1, number -> caller(HeldAnswers.HELD + number)));
            for (int number = 0; number < HELD; number++) {
                once(HeldAnswers.HELD + number);
            }
        }

        /** Returns the median latency of callers who all want the same, which is new in each round. */
        private long share(int rounds) throws InterruptedException {
            Recorded recorded = Callers.run(SHARING, rounds, number -> iteration -> site.post("shared-" + iteration));
            findings.failed("calls for the same new answer", recorded);
            for (int round = 0; round < rounds; round++) {
                once("shared-" + round);
            }
            return recorded.latency().p50();
        }

        private void once(String text) {
            findings.count("calls for '" + text + "' reached the upstream", answers.calls(site.body(text)), 1);
        }

        private Caller caller(String text) {
            return iteration -> site.post(text);
        }
    }

    /** A call that has to run out of time. */
    private static final class Impatient implements Call {
        private final Call call;
        private boolean timedOut;

        private Impatient(Call call) {
            this.call = call;
        }

        @Override
        public void make() throws Exception {
            try {
                call.make();
            } catch (HttpTimeoutException e) {
                timedOut = true;
            }
        }

        @Override
        public @Nullable String fault() {
            return timedOut ? null : "an answer before there was one";
        }
    }
}
