package dev.larder.perf.limits;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.perf.suite.Callers;
import dev.larder.perf.suite.PostCall;
import dev.larder.perf.suite.Recorded;
import java.net.http.HttpClient;
import java.util.concurrent.atomic.AtomicLong;

/** POSTs that are all new, through the cache and past it. */
final class HttpMisses {
    /** So many requests may be sent twice, or one in a thousand if that is more. */
    private static final int SENT_AGAIN = 4;

    private final Origin origin;
    private final StoreFiles files;
    private final int count;
    // So that no request of a comparison is ever sent twice.
    private final AtomicLong next = new AtomicLong();

    /** @param count how many rows the store's file holds at first */
    HttpMisses(Origin origin, StoreFiles files, int count) {
        this.origin = origin;
        this.files = files;
        this.count = count;
    }

    Side oursCommitted(int callers) {
        GrowingFile file = new GrowingFile(files, count);
        return Side.of(
                () -> StoreFiles.openCommitted(file.path()),
                (store, operations) -> prepareOurs(store, callers, operations));
    }

    Side oursBehind(int callers) {
        GrowingFile file = new GrowingFile(files, count);
        return Side.of(
                () -> StoreFiles.openBehind(file.path()),
                (store, operations) -> prepareOurs(store, callers, operations));
    }

    /** Returns the bare client's side. */
    Side floor(int callers) {
        return Side.of(() -> () -> {}, (nothing, operations) -> {
            HttpClient client = origin.client();
            return () -> {
                Recorded recorded = call(client, callers, operations);
                return sample(recorded, operations, recorded.wallNanos());
            };
        });
    }

    /**
     * The time ends when the store has written the last answer: what it were to put off would cost whoever comes after
     * the measurement.
     */
    private Side.Work prepareOurs(CacheStore store, int callers, long operations) {
        CachedClient cached = new CachedClient(origin.client(), store);
        return () -> {
            long entries = store.stats().entries();
            Recorded recorded = call(cached.client(), callers, operations);
            cached.close();
            awaitWriter(store);
            Sample sample = sample(recorded, operations, System.nanoTime() - recorded.beganAtNanos());
            long kept = store.stats().entries() - entries;
            if (cached.notKept() > 0 || kept != operations) {
                throw new LimitsException("of " + operations + " answers, the store has kept " + kept);
            }
            return sample;
        };
    }

    /** Removes what is not there, which is done when everything queued before it is. */
    private static void awaitWriter(CacheStore store) {
        store.remove(CacheKey.sha256(new byte[0]), Deadline.never());
    }

    private Recorded call(HttpClient client, int callers, long operations) throws InterruptedException {
        long calls = origin.calls();
        Recorded recorded = Callers.run(
                callers,
                Math.toIntExact(operations / callers),
                number -> iteration ->
                        new PostCall(client, origin.uri(), "{\"text\":\"" + next.incrementAndGet() + "\"}"));
        calls = origin.calls() - calls;
        if (recorded.errors() > 0) {
            throw new LimitsException(recorded.errors() + " of " + operations + " calls failed, the first with: "
                    + recorded.firstError());
        }
        // More where the JDK's client sent one again, because a connection ended that it was about to reuse.
        if (calls < operations || calls > operations + Math.max(SENT_AGAIN, operations / 1000)) {
            throw new LimitsException(calls + " calls reached the upstream instead of " + operations);
        }
        return recorded;
    }

    private static Sample sample(Recorded recorded, long operations, long nanos) {
        return new Sample(operations, nanos, recorded.latency().p99(), 0);
    }
}
