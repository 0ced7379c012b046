package dev.larder.perf.limits;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls through the cache beside calls without it. */
final class HttpLimits implements AutoCloseable {
    private static final int MANY = 32;
    private static final int SOME = 8;

    private final Origin atOnce = new Origin(Duration.ZERO);
    private final Origin slow = new Origin(Duration.ofMillis(20));
    private final StoreFiles files;
    private final Effort effort;

    HttpLimits(StoreFiles files, Effort effort) {
        this.files = files;
        this.effort = effort;
    }

    List<Comparison> comparisons(Path directory) {
        List<Comparison> all = new ArrayList<>();
        HttpMisses misses = new HttpMisses(atOnce, files, effort.rows());
        HttpMisses slowMisses = new HttpMisses(slow, files, effort.rows());
        Target busy = Target.atLeast(0.85);
        Target busyP99 = Target.atMost(1.3);
        all.add(miss("upstream at once, behind", misses.oursBehind(MANY), misses, busy, busyP99));
        all.add(miss("upstream at once, committed", misses.oursCommitted(MANY), misses, busy, busyP99));
        Target idle = Target.atLeast(0.98);
        Target idleP99 = Target.atMost(1.1);
        all.add(miss("upstream takes 20 ms, behind", slowMisses.oursBehind(MANY), slowMisses, idle, idleP99));
        all.add(miss("upstream takes 20 ms, committed", slowMisses.oursCommitted(MANY), slowMisses, idle, idleP99));
        HttpHits hits = new HttpHits(atOnce, directory.resolve("hits.db"));
        all.add(new Duel(
                Limit.throughput("HTTP hit from SQLite, 8 callers", Target.atLeast(0.70)),
                hits.ours(SOME),
                hits.floor(SOME),
                SOME));
        all.add(scaling(misses));
        return all;
    }

    private static Duel miss(String how, Side ours, HttpMisses misses, Target throughput, Target p99) {
        String name = "HTTP miss, 32 callers, " + how;
        return new Duel(
                List.of(Limit.throughput(name, throughput), Limit.p99(name + ", p99", p99)),
                ours,
                misses.floor(MANY),
                MANY);
    }

    private static Scaling scaling(HttpMisses misses) {
        List<Duel> duels = new ArrayList<>();
        for (int callers : new int[] {1, 4, 8, 16, 32, 64}) {
            String name = "HTTP miss scaling, " + callers + (callers == 1 ? " caller" : " callers");
            duels.add(new Duel(
                    Limit.throughput(name, null), misses.oursCommitted(callers), misses.floor(callers), callers));
        }
        return new Scaling("HTTP miss scaling, least part kept of the best so far", duels);
    }

    @Override
    public void close() {
        atOnce.close();
        slow.close();
    }
}
