package dev.larder.perf.scenarios.slow;

import dev.larder.perf.suite.Bench;
import dev.larder.perf.suite.Call;
import dev.larder.perf.suite.Callers;
import dev.larder.perf.suite.Cell;
import dev.larder.perf.suite.Course;
import dev.larder.perf.suite.EchoAnswers;
import dev.larder.perf.suite.Findings;
import dev.larder.perf.suite.Load;
import dev.larder.perf.suite.Meanwhile;
import dev.larder.perf.suite.Measurement;
import dev.larder.perf.suite.Recorded;
import dev.larder.perf.suite.Site;
import dev.larder.perf.suite.SplitMix;
import dev.larder.perf.upstream.Upstream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Fast callers alone, and beside others who take their time to read. */
final class SlowClientCourse implements Course {
    private static final int LARGE_BYTES = 256 * 1024;
    private static final int SLOW_READERS = 8;
    private static final long PAUSE_MILLIS = 5;
    private static final String LARGE = "large-";

    private static byte[] answer(byte[] requestBody) {
        return new String(requestBody, StandardCharsets.UTF_8).contains(LARGE)
                ? SplitMix.bytes(Arrays.hashCode(requestBody), LARGE_BYTES)
                : EchoAnswers.of(requestBody);
    }

    @Override
    public Measurement run(Bench bench, Cell cell, Load load) throws Exception {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "larder-slow-readers");
            thread.setDaemon(true);
            return thread;
        });
        try (Upstream upstream = Upstream.start("application/octet-stream", SlowClientCourse::answer);
                Site site = bench.site(cell.store(), upstream.uri())) {
            return new Visit(site, upstream, scheduler, load).run();
        } finally {
            scheduler.shutdownNow();
        }
    }

    /** One repetition. */
    private static final class Visit {
        private final Site site;
        private final Upstream upstream;
        private final ScheduledExecutorService scheduler;
        private final Load load;
        private final Findings findings = new Findings();
        private final CountDownLatch reading = new CountDownLatch(SLOW_READERS);
        private final LongAdder slowBodies = new LongAdder();
        private final LongAdder newLargeOnes = new LongAdder();
        private volatile boolean ended;

        private Visit(Site site, Upstream upstream, ScheduledExecutorService scheduler, Load load) {
            this.site = site;
            this.upstream = upstream;
            this.scheduler = scheduler;
            this.load = load;
        }

        /** What fast callers saw, of either kind. */
        private record Fast(Recorded kept, Recorded fresh) {}

        private Measurement run() throws Exception {
            findings.failed(
                    "calls before",
                    Callers.run(
                            1, 2, number -> iteration -> iteration == 0 ? site.post("kept") : large("kept", false)));
            if (load.warmUps() > 0) {
                findings.failed(
                        "calls of the warm-up",
                        Callers.run(
                                load.callers(),
                                load.warmUps(),
                                number -> iteration -> iteration % 2 == 0
                                        ? site.post("kept")
                                        : site.post("warm-up-" + number + "-" + iteration)));
            }
            long callsBeforeAlone = upstream.calls();
            Fast alone = fast("alone");
            findings.count(
                    "calls reached the upstream without slow readers",
                    upstream.calls() - callsBeforeAlone,
                    alone.fresh().requests());
            long callsBefore = upstream.calls();
            Meanwhile<Recorded> slow = Meanwhile.begin(this::readSlowly);
            Fast beside;
            try {
                findings.that(reading.await(60, TimeUnit.SECONDS), "slow readers got nothing to read");
                beside = fast("beside");
            } finally {
                ended = true;
            }
            findings.failed("slow readers", slow.end());
            findings.count(
                    "calls reached the upstream beside slow readers",
                    upstream.calls() - callsBefore,
                    beside.fresh().requests() + newLargeOnes.sum());
            site.settle();
            findings.storeFailures(site);
            return Measurement.of(beside.kept())
                    .answered(0)
                    .detail("keptAloneP50Nanos", alone.kept().latency().p50())
                    .detail("keptAloneP99Nanos", alone.kept().latency().p99())
                    .detail("keptBesideP50Nanos", beside.kept().latency().p50())
                    .detail("keptBesideP99Nanos", beside.kept().latency().p99())
                    .detail("newAloneP50Nanos", alone.fresh().latency().p50())
                    .detail("newAloneP99Nanos", alone.fresh().latency().p99())
                    .detail("newBesideP50Nanos", beside.fresh().latency().p50())
                    .detail("newBesideP99Nanos", beside.fresh().latency().p99())
                    .detail("slowReaders", SLOW_READERS)
                    .detail("slowBodies", slowBodies.sum())
                    .faults(findings.faults());
        }

        private Fast fast(String phase) throws InterruptedException {
            int kept = load.extent().quick() ? 50 : 250;
            int fresh = load.extent().quick() ? 10 : 50;
            Recorded hits = Callers.run(load.callers(), kept, number -> iteration -> site.post("kept"));
            Recorded misses = Callers.run(
                    load.callers(), fresh, number -> iteration -> site.post(phase + "-" + number + "-" + iteration));
            findings.failed("calls for the kept answer " + phase, hits);
            findings.failed("calls for new answers " + phase, misses);
            return new Fast(hits, misses);
        }

        /** Half of them read what is kept, the others what is new. All go on until the fast ones have ended. */
        private Recorded readSlowly() throws InterruptedException {
            return Callers.run(
                    SLOW_READERS,
                    1,
                    number -> iteration -> new Call() {
                        private @Nullable String fault;

                        @Override
                        public void make() throws Exception {
                            for (int round = 0; round == 0 || !ended; round++) {
                                boolean isNew = number % 2 == 1;
                                Call call = large(isNew ? number + "-" + round : "kept", true);
                                call.make();
                                slowBodies.increment();
                                newLargeOnes.add(isNew ? 1 : 0);
                                fault = fault == null ? call.fault() : fault;
                            }
                        }

                        @Override
                        public @Nullable String fault() {
                            return fault;
                        }
                    });
        }

        private Call large(String text, boolean slow) {
            HttpResponse.BodyHandler<byte[]> handler = slow
                    ? head -> new SlowBody(scheduler, PAUSE_MILLIS, reading::countDown)
                    : HttpResponse.BodyHandlers.ofByteArray();
            return site.post(LARGE + text, SlowClientCourse::answer, handler);
        }
    }
}
