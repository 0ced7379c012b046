package dev.larder.transport;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.cache.tck.ManualClock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What every HTTP test has: a real upstream, a manual clock, and each store of the class path in turn. */
@ParameterizedClass
@MethodSource("stores")
@Timeout(60)
abstract class HttpTest {
    static final Duration TTL = Duration.ofHours(1);

    @Parameter
    String storeName;

    @TempDir
    Path directory;

    final ManualClock clock = new ManualClock();
    final Queue<CacheEvent> events = new ConcurrentLinkedQueue<>();
    Upstream upstream;
    CacheStore store;
    CachingHttpClient client;

    static Set<String> stores() {
        return CacheStores.samples(Path.of("any")).keySet();
    }

    @BeforeEach
    void open() {
        upstream = new Upstream();
        store = openStore();
        client = client(CacheRule.post().ttl(TTL), CacheRule.get().ttl(TTL));
    }

    @AfterEach
    void close() {
        client.close();
        store.close();
        upstream.close();
    }

    final CacheStore openStore() {
        return CacheStores.open(CacheStores.samples(directory).get(storeName), clock);
    }

    final CachingHttpClient client(CacheRule... rules) {
        return builder(rules).build();
    }

    final CachingHttpClient.Builder builder(CacheRule... rules) {
        return set(CachingHttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1), rules);
    }

    final CachingHttpClient.Builder builder(HttpClient delegate, CacheRule... rules) {
        return set(CachingHttpClient.newBuilder(delegate), rules);
    }

    /** Returns a delegate that follows redirects by itself. */
    final HttpClient following() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    private CachingHttpClient.Builder set(CachingHttpClient.Builder builder, CacheRule... rules) {
        // A busy machine is no reason to go upstream where a test counts calls.
        builder.store(store).clock(clock).cacheBudget(Duration.ofSeconds(20)).listener(events::add);
        List.of(rules).forEach(builder::rule);
        return builder;
    }

    final HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(upstream.uri(path));
    }

    final HttpRequest get(String path, String... fields) {
        return (fields.length == 0 ? to(path) : to(path).headers(fields)).build();
    }

    final HttpRequest post(String body) {
        return to("/embed").POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    final HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Has the upstream answer every call with these fields, by name and value. */
    final void says(String... fields) {
        says(200, fields);
    }

    final void says(int status, String... fields) {
        upstream.answers((exchange, body) -> {
            for (int i = 0; i < fields.length; i += 2) {
                exchange.getResponseHeaders().add(fields[i], fields[i + 1]);
            }
            Upstream.answer(exchange, status, "answer to " + body);
        });
    }

    final String cacheStatus(HttpResponse<?> response) {
        return String.join(", ", response.headers().allValues("Cache-Status"));
    }

    final List<CacheEvent.Type> eventTypes() {
        return events.stream().map(CacheEvent::type).toList();
    }

    /** Holds the upstream's answer back until a test opens it. */
    static final class Gate {
        private final Semaphore arrived = new Semaphore(0);
        private final CountDownLatch open = new CountDownLatch(1);

        void pass() throws InterruptedException {
            arrived.release();
            open.await();
        }

        void awaitArrival() throws InterruptedException {
            arrived.acquire();
        }

        void open() {
            open.countDown();
        }
    }

    /** Sends while a leader is held back, and returns once the call follows it. */
    final CompletableFuture<HttpResponse<String>> follow(HttpRequest request) {
        int before = client.followers();
        CompletableFuture<HttpResponse<String>> follower =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        while (client.followers() == before) {
            if (Thread.currentThread().isInterrupted() || follower.isDone()) {
                throw new AssertionError("the call follows nobody: " + follower);
            }
            Thread.onSpinWait();
        }
        return follower;
    }
}
