package dev.larder.perf.peers.clients;

import com.github.mizosoft.methanol.HttpCache;
import com.github.mizosoft.methanol.Methanol;
import dev.larder.cache.CacheStore;
import dev.larder.transport.CacheRule;
import dev.larder.transport.CachingHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** A client that is called as the JDK's own is, with a cache or without. */
public final class JdkGetter implements Getter {
    private static final long BYTES = 64L << 20;
    private static final Duration KEPT = Duration.ofHours(1);
    // Far above the default, so that a stall of a busy machine shows as latency and not as a miss.
    private static final Duration BUDGET = Duration.ofSeconds(30);

    private final HttpClient client;
    private final Closing closing;

    private interface Closing {
        void close() throws IOException;
    }

    private JdkGetter(HttpClient client, Closing closing) {
        this.client = client;
        this.closing = closing;
    }

    /** Returns our client over {@code store}, which is closed with it: what HTTP says, and a rule for POSTs. */
    public static Getter larder(HttpClient bareClient, CacheStore store) {
        CachingHttpClient cached = CachingHttpClient.newBuilder(bareClient)
                .store(store)
                .rule(CacheRule.post().ttl(KEPT))
                .cacheBudget(BUDGET)
                .build();
        return new JdkGetter(cached, () -> {
            cached.close();
            store.close();
        });
    }

    /** Returns Methanol with its cache in memory. */
    public static Getter methanolInMemory() {
        return methanol(HttpCache.newBuilder().cacheOnMemory(BYTES).build());
    }

    /** Returns Methanol with its cache on disk. */
    public static Getter methanolOnDisk(Path directory) {
        return methanol(HttpCache.newBuilder().cacheOnDisk(directory, BYTES).build());
    }

    private static Getter methanol(HttpCache cache) {
        // It puts its cache only in front of a client that it makes itself; without this, that one would ask for
        // HTTP/2.
        HttpClient client = Methanol.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cache(cache)
                .build();
        return new JdkGetter(client, cache::close);
    }

    /** Returns the bare client, which keeps nothing. */
    public static Getter bare(HttpClient bareClient) {
        return new JdkGetter(bareClient, () -> {});
    }

    @Override
    public Get prepare(URI uri) {
        return send(HttpRequest.newBuilder(uri).build());
    }

    @Override
    public Get prepareFromCache(URI uri) {
        return send(HttpRequest.newBuilder(uri)
                .header("Cache-Control", "only-if-cached")
                .build());
    }

    @Override
    public Get preparePost(URI uri, byte[] body) {
        return send(HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    private Get send(HttpRequest request) {
        return () -> {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            Getter.check(response.statusCode());
            return response.body();
        };
    }

    @Override
    public void close() throws IOException {
        closing.close();
    }
}
