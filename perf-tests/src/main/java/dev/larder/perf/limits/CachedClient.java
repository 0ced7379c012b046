package dev.larder.perf.limits;

import dev.larder.cache.CacheStore;
import dev.larder.transport.CacheEvent;
import dev.larder.transport.CacheRule;
import dev.larder.transport.CachingHttpClient;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** A client that keeps the answers to POSTs in a store, and notices when one is not kept. */
final class CachedClient implements AutoCloseable {
    private static final Duration KEPT = Duration.ofHours(1);
    // Far above the default, so that a stall of a busy machine shows as latency and not as a failure.
    private static final Duration BUDGET = Duration.ofSeconds(30);

    private final LongAdder notKept = new LongAdder();
    private final CachingHttpClient client;

    CachedClient(HttpClient bareClient, CacheStore store) {
        client = CachingHttpClient.newBuilder(bareClient)
                .store(store)
                .rule(CacheRule.post().ttl(KEPT))
                .cacheBudget(BUDGET)
                .listener(event -> {
                    if (event.type() == CacheEvent.Type.STORE_FAILED || event.type() == CacheEvent.Type.NOT_STORED) {
                        notKept.increment();
                    }
                })
                .build();
    }

    HttpClient client() {
        return client;
    }

    /** Returns how many answers did not get into the store. */
    long notKept() {
        return notKept.sum();
    }

    /** Returns when the store has been given all answers. The bare client stays open. */
    @Override
    public void close() {
        client.close();
    }
}
