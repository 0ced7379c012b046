package dev.larder.perf.scenarios.held;

import dev.larder.perf.crowd.Descriptors;
import dev.larder.perf.suite.Bench;
import dev.larder.perf.suite.Cell;
import dev.larder.perf.suite.Course;
import dev.larder.perf.suite.Load;
import dev.larder.perf.suite.Measurement;
import dev.larder.perf.suite.Phases;
import dev.larder.perf.suite.Phases.Phase;
import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Site;
import java.util.List;

/**
 * Callers of an answer that is kept, through a client that holds very many WebSockets and streams of events open
 * meanwhile. None of those may be lost, and no caller may notice.
 */
public final class Sockets implements Course {
    private static final int OF_EACH = 1_000;
    private static final int QUICK_OF_EACH = 100;
    private static final int CALLERS = 8;
    private static final int CALLS = 2_000;
    private static final int QUICK_CALLS = 100;
    private static final String KEPT = "kept";

    private final int ofEach;

    /** @param ofEach how many WebSockets, and how many streams */
    Sockets(int ofEach) {
        this.ofEach = ofEach;
    }

    /** Returns the scenario. */
    public static Scenario scenario() {
        return scenario(OF_EACH);
    }

    static Scenario scenario(int ofEach) {
        return new Scenario(
                "sockets",
                "All callers send the same POST, whose answer is kept, first alone and then while the client holds"
                        + " 1,000 WebSockets and 1,000 streams of events open.",
                new Sockets(ofEach),
                List.of(new Scenario.Crowd(CALLERS, CALLS)),
                1);
    }

    @Override
    public Measurement run(Bench bench, Cell cell, Load load) throws Exception {
        boolean quick = load.extent().quick();
        int each = quick ? Math.min(ofEach, QUICK_OF_EACH) : ofEach;
        int calls = quick ? QUICK_CALLS : load.iterations();
        try (Site site = bench.site(cell.store())) {
            site.keep(KEPT);
            Phases first = new Phases(bench);
            // Until the client trusts its store, and the JVM has compiled the path.
            hits(first, "at first", site, load.callers(), calls);
            Phase alone = hits(first, "alone", site, load.callers(), calls);
            Held before = Held.settled(bench, quick);
            Phases phases = new Phases(bench);
            String missing = Descriptors.missingFor(2 * each);
            if (missing != null) {
                return first.measurement().faults(List.of(missing));
            }
            try (Crowd crowd = Crowd.open(site.client(), each, each)) {
                Held meanwhile = Held.meanwhile(bench, quick);
                Phase beside = hits(phases, "beside the crowd", site, load.callers(), calls);
                return phases.measurement()
                        .faults(first.findings().faults())
                        .faults(crowd.farewell())
                        .detail("connections", 2 * each)
                        .detail("aloneP50Nanos", alone.recorded().latency().p50())
                        .detail("aloneP99Nanos", alone.recorded().latency().p99())
                        .detail("besideP50Nanos", beside.recorded().latency().p50())
                        .detail("besideP99Nanos", beside.recorded().latency().p99())
                        .detail("heldFileHandles", meanwhile.fileHandles() - before.fileHandles())
                        .detail("heldThreads", meanwhile.threads() - before.threads())
                        .detail("heapBytesPerConnection", (meanwhile.heapBytes() - before.heapBytes()) / (2.0 * each));
            }
        }
    }

    private static Phase hits(Phases phases, String name, Site site, int callers, int calls)
            throws InterruptedException {
        Phase phase = phases.run(name, callers, calls, caller -> iteration -> site.post(KEPT));
        phases.findings()
                .count("calls for an answer that is kept reached the upstream " + name, phase.upstreamCalls(), 0);
        return phase;
    }
}
