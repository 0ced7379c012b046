package dev.larder.perf.limits;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.transport.CacheRule;
import dev.larder.transport.CachingHttpClient;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;

/** A client that keeps answers in memory, and that nobody listens to. */
final class MemoryClient implements AutoCloseable {
    /** What the longest body may have that is kept. */
    static final long MAX_ENTRY_BYTES = 16L << 20;

    private static final Duration KEPT = Duration.ofHours(1);
    // As for CachedClient: a stall of a busy machine is no miss.
    private static final Duration BUDGET = Duration.ofSeconds(30);

    private final CacheStore store;
    private final CachingHttpClient client;

    private MemoryClient(HttpClient bareClient, CacheRule... rules) {
        store = CacheStores.open("memory:?maxBytes=64MiB");
        CachingHttpClient.Builder builder = CachingHttpClient.newBuilder(bareClient)
                .store(store)
                .maxEntryBytes(MAX_ENTRY_BYTES)
                .cacheBudget(BUDGET);
        List.of(rules).forEach(builder::rule);
        client = builder.build();
    }

    static MemoryClient forPosts(HttpClient bareClient) {
        return new MemoryClient(bareClient, CacheRule.post().ttl(KEPT));
    }

    /** Keeps what HTTP says. */
    static MemoryClient forGets(HttpClient bareClient) {
        return new MemoryClient(bareClient);
    }

    HttpClient client() {
        return client;
    }

    /** Returns how many answers are kept. */
    long entries() {
        return store.stats().entries();
    }

    /** The bare client stays open. */
    @Override
    public void close() {
        client.close();
        store.close();
    }
}
