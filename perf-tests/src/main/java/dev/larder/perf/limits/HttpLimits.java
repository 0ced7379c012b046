package dev.larder.perf.limits;

import dev.larder.cache.CacheStores;
import dev.larder.perf.peers.clients.ApacheGetter;
import dev.larder.perf.peers.clients.FreshPages;
import dev.larder.perf.peers.clients.Getter;
import dev.larder.perf.peers.clients.JdkGetter;
import dev.larder.perf.peers.clients.OkHttpGetter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls through the cache beside calls without it. */
final class HttpLimits implements AutoCloseable {
    private static final int MANY = 32;
    private static final int SOME = 8;
    /** How many rows a file has for each answer that is kept in memory. */
    private static final int ROWS_EACH = 100;

    private static final String MEMORY = "memory:?maxBytes=64MiB";

    private final Origin atOnce = new Origin(Duration.ZERO);
    private final Origin slow = new Origin(Duration.ofMillis(20));
    private final Origin pages = Origin.of(FreshPages::at);
    private final Origin downloads = Origin.of(Downloads::page);
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
        addMemoryHits(all, "POST 100 B", MemoryHits.ofPosts(atOnce, kept(), 100));
        addMemoryHits(all, "POST 1 KiB", MemoryHits.ofPosts(atOnce, kept(), 1024));
        addMemoryHits(all, "GET by RFC 9111", MemoryHits.ofGets(pages, kept()));
        addPeers(all, directory);
        addDownloads(all);
        return all;
    }

    private static void addMemoryHits(List<Comparison> all, String what, MemoryHits hits) {
        String name = "HTTP hit from memory, " + what;
        for (int callers : new int[] {2, SOME, MANY}) {
            all.add(new Duel(
                    Limit.throughput(name + ", " + callers + " callers", Target.atLeast(0.5)),
                    hits.ours(callers),
                    hits.floor(callers),
                    callers));
        }
        all.add(new Duel(
                Limit.allocationAllowed(name + ", bytes allocated, beside the floor's and 1 KiB", 1024),
                hits.ours(1),
                hits.floor(1),
                1));
    }

    private void addPeers(List<Comparison> all, Path directory) {
        GetHits hits = new GetHits(pages, kept());
        addPeer(all, hits, "Methanol's memory cache", 10, JdkGetter::methanolInMemory);
        addPeer(all, hits, "Apache HttpClient's memory cache", 4, ApacheGetter::inMemory);
        addPeer(all, hits, "OkHttp's disk cache", 25, () -> new OkHttpGetter(directory.resolve("okhttp")));
    }

    /** @param times how many hits of ours there shall be for each one of the peer */
    private void addPeer(List<Comparison> all, GetHits hits, String peer, int times, Side.Opening<Getter> opening) {
        all.add(new Duel(
                Limit.throughput("HTTP hit from memory, GET, 8 callers, beside " + peer, Target.atLeast(times)),
                hits.side(() -> JdkGetter.larder(pages.client(), CacheStores.open(MEMORY)), SOME, times),
                hits.side(opening, SOME, 1),
                SOME));
    }

    private void addDownloads(List<Comparison> all) {
        String name = "HTTP download of 100 MB, which is not kept, ";
        Downloads announced = Downloads.announced(downloads);
        Downloads unknown = Downloads.ofUnknownLength(downloads);
        all.add(download(name + "length announced, in MB", announced));
        all.add(download(name + "length unknown, in MB", unknown));
        all.add(new HeldHeap(name + "heap held, beside the bare client's and 16 MiB", unknown));
    }

    private static Duel download(String name, Downloads downloads) {
        return new Duel(
                Limit.throughput(name, Target.atLeast(0.95)), downloads.ours(), downloads.floor(), Downloads.MEGABYTES);
    }

    /** Few enough to stay near the cores: it is the work of a hit that is looked at, not the memory. */
    private int kept() {
        return effort.rows() / ROWS_EACH;
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
        pages.close();
        downloads.close();
    }
}
