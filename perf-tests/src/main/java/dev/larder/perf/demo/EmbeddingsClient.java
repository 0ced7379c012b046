package dev.larder.perf.demo;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.cache.StoreSpec;
import dev.larder.transport.CacheRule;
import dev.larder.transport.CachingHttpClient;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A program that wants embeddings, with larder between it and the API. */
final class EmbeddingsClient implements AutoCloseable {
    /**
     * A name that nobody resolves: the API answers as the proxy for it. The URI is a part of what an answer is kept
     * under, and so must not contain a port that is another one in each run.
     */
    static final URI API = URI.create("http://embeddings.example/v1/embeddings");

    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    // Far above the default: a stall of a busy machine must not look like a call that was not answered.
    private static final Duration BUDGET = Duration.ofSeconds(4);

    private final CacheStore store;
    private final CachingHttpClient client;

    /**
     * Opens the file.
     *
     * @throws IllegalArgumentException if there can be no such store
     * @throws dev.larder.cache.CacheStoreException if the file cannot be opened
     */
    EmbeddingsClient(Path file, InetSocketAddress api) {
        store = CacheStores.open("sqlite:" + StoreSpec.encode(file.toString()));
        client = CachingHttpClient.newBuilder()
                .proxy(ProxySelector.of(api))
                .version(HttpClient.Version.HTTP_1_1)
                .store(store)
                .rule(CacheRule.post().ttl(KEPT))
                .cacheBudget(BUDGET)
                .build();
    }

    /**
     * Asks for all texts at once, and returns the answers when they are all there, in the same order.
     *
     * @throws java.util.concurrent.CompletionException if a call fails
     */
    List<HttpResponse<byte[]>> ask(List<String> texts) {
        List<CompletableFuture<HttpResponse<byte[]>>> answers =
                texts.stream().map(this::send).toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<HttpResponse<byte[]>> send(String text) {
        HttpRequest request = HttpRequest.newBuilder(API)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(EmbeddingsApi.request(text)))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Waits until every answer is in the file, and closes it. */
    @Override
    public void close() {
        try (store) {
            client.close();
        }
    }
}
