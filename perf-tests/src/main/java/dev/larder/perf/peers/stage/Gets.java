package dev.larder.perf.peers.stage;

import dev.larder.perf.peers.clients.FreshPages;
import dev.larder.perf.peers.clients.Getter;
import dev.larder.perf.peers.clients.PeerClient;
import dev.larder.perf.suite.Bench;
import dev.larder.perf.suite.Caller;
import dev.larder.perf.suite.Callers;
import dev.larder.perf.suite.Cell;
import dev.larder.perf.suite.Course;
import dev.larder.perf.suite.Findings;
import dev.larder.perf.suite.Load;
import dev.larder.perf.suite.Measurement;
import dev.larder.perf.suite.Recorded;
import dev.larder.perf.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;

/** GETs of fresh pages through the client that a cell's store stands for. Each run has its own origin and cache. */
final class Gets implements Course {
    private static final int KEPT = 100;
    private static final int KEPT_IN_A_SHORT_RUN = 25;
    /** A cache that has not kept everything after so many passes never will. */
    private static final int MOST_PASSES = 10;

    private final boolean hits;

    private Gets(boolean hits) {
        this.hits = hits;
    }

    /** Returns GETs of pages that have been got before. */
    static Gets hits() {
        return new Gets(true);
    }

    /** Returns GETs of pages that nobody has got before. */
    static Gets misses() {
        return new Gets(false);
    }

    @Override
    public Measurement run(Bench bench, Cell cell, Load load) throws Exception {
        PeerClient client = PeerClient.of(cell.store());
        try (Upstream origin = Upstream.serve(FreshPages::at);
                Getter getter = client.open(bench.bareClient(), bench.newDirectory())) {
            Findings findings = new Findings();
            int pages = load.extent().quick() ? KEPT_IN_A_SHORT_RUN : KEPT;
            List<PageCall> kept = hits ? fill(client, getter, origin, pages, findings) : List.of();
            int others = pages;
            if (load.warmUps() > 0) {
                Recorded warmUp = run(getter, origin, kept, others, load.callers(), load.warmUps());
                others += load.callers() * load.warmUps();
                findings.failed("calls of the warm-up", warmUp);
            }
            long before = origin.calls();
            Recorded recorded = run(getter, origin, kept, others, load.callers(), load.iterations());
            long calls = origin.calls() - before;
            findings.failed("calls", recorded);
            findings.count("calls reached the upstream", calls, hits && client.caches() ? 0 : load.requests());
            return Measurement.of(recorded).answered(calls).faults(findings.faults());
        }
    }

    /** Gets the pages until none of them comes from the origin any more: some caches are still writing after a call. */
    private static List<PageCall> fill(PeerClient client, Getter getter, Upstream origin, int count, Findings findings)
            throws Exception {
        List<PageCall> pages = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            pages.add(PageCall.of(getter, origin.uri(), number));
        }
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            long before = origin.calls();
            for (PageCall page : pages) {
                page.make();
            }
            if (!client.caches() || origin.calls() == before) {
                return pages;
            }
        }
        findings.that(false, "after " + MOST_PASSES + " passes there are still pages that are not kept");
        return pages;
    }

    /** @param first the number of the first page that has not been got yet */
    private static Recorded run(
            Getter getter, Upstream origin, List<PageCall> kept, int first, int callers, int iterations)
            throws InterruptedException {
        return Callers.run(callers, iterations, number -> caller(getter, origin, kept, first + number * iterations));
    }

    private static Caller caller(Getter getter, Upstream origin, List<PageCall> kept, int first) {
        return iteration -> kept.isEmpty()
                ? PageCall.of(getter, origin.uri(), first + iteration)
                : kept.get((first + iteration) % kept.size()).again();
    }
}
