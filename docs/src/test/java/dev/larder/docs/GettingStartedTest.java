package dev.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreSpec;
import dev.larder.cache.tck.FaultyStore;
import dev.larder.perf.upstream.Upstream;
import dev.larder.transport.CacheEvent;
import dev.larder.transport.CacheRule;
import dev.larder.transport.CachingHttpClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of docs/getting-started.md and docs/http.md, with an API on loopback. */
class GettingStartedTest {
    @TempDir
    private Path directory;

    private final Upstream api = Upstream.start(
            "text/plain",
            body -> ("answer to " + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));

    @AfterEach
    void closeApi() {
        api.close();
    }

    @Test
    void opensStoresFromText() {
        Path file = directory.resolve("a folder, with a comma").resolve("http.db");
        // tag::open[]
        CacheStore memory = CacheStores.open("memory:?maxBytes=64MiB");
        CacheStore tiers = CacheStores.open("memory:,sqlite:" + StoreSpec.encode(file.toString()) + "?maxBytes=1GiB");
        // end::open[]
        memory.close();
        tiers.close();
        assertThat(file).exists();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheStores.open("sqllite:http.db"))
                .withMessage("unknown store 'sqllite': on the class path are map, memory, sqlite, tiered");
    }

    @Test
    void wrapsAClient() throws Exception {
        CacheStore store = CacheStores.open("memory:");
        HttpRequest request = post("one");
        // tag::wrap[]
        HttpClient existing = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        HttpClient client = CachingHttpClient.newBuilder(existing)
                .store(store)
                .rule(CacheRule.post().ttl(Duration.ofDays(30)))
                .build();
        // end::wrap[]
        assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("answer to one");
        assertThat(client.connectTimeout()).contains(Duration.ofSeconds(5));
        ((CachingHttpClient) client).close();
        store.close();
    }

    @Test
    void worksAsynchronously() {
        List<HttpRequest> requests = List.of(post("one"), post("one"), post("two"));
        List<String> bodies = new ArrayList<>();
        try (CacheStore store = CacheStores.open("memory:");
                CachingHttpClient client = Patience.clientOn(store)) {
            // tag::async[]
            List<CompletableFuture<HttpResponse<String>>> answers = requests.stream()
                    .map(request -> client.sendAsync(request, BodyHandlers.ofString()))
                    .toList();
            answers.forEach(answer -> bodies.add(answer.join().body()));
            // end::async[]
        }
        assertThat(bodies).containsExactly("answer to one", "answer to one", "answer to two");
        assertThat(api.calls()).isEqualTo(2);
    }

    @Test
    void saysWhatItDid() throws Exception {
        HttpRequest request = post("one");
        Queue<String> log = new ConcurrentLinkedQueue<>();
        // tag::listener[]
        try (CacheStore store = CacheStores.open("memory:");
                CachingHttpClient client = CachingHttpClient.newBuilder()
                        .store(store)
                        .rule(CacheRule.post().ttl(Duration.ofDays(30)))
                        .listener(event -> log.add(event.type() + ": " + event.reason()))
                        .build()) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            log.add(response.headers().firstValue("Cache-Status").orElseThrow());
        }
        // end::listener[]
        assertThat(log).contains("MISS: nothing kept", "STORED: the store has it", "larder; fwd=miss; stored");
    }

    @Test
    void goesOnWithoutItsStore() throws Exception {
        HttpRequest request = post("one");
        Queue<CacheEvent> failures = new ConcurrentLinkedQueue<>();
        FaultyStore store = new FaultyStore(CacheStores.open("memory:"));
        store.failWith(new IllegalStateException("the store is broken"));
        // tag::failing[]
        try (CachingHttpClient client = CachingHttpClient.newBuilder()
                .store(store)
                .rule(CacheRule.post().ttl(Duration.ofDays(30)))
                .cacheBudget(Duration.ofMillis(100))
                .listener(event -> {
                    if (event.type() == CacheEvent.Type.STORE_FAILED) {
                        failures.add(event);
                    }
                })
                .build()) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            // end::failing[]
            assertThat(response.body()).isEqualTo("answer to one");
        }
        assertThat(failures).isNotEmpty();
        store.heal();
        store.close();
    }

    @Test
    void backsUpNothingButTheFile() throws Exception {
        Path file = directory.resolve("http.db");
        try (CacheStore store = CacheStores.open("sqlite:" + StoreSpec.encode(file.toString()) + "?durability=behind");
                CachingHttpClient client = Patience.clientOn(store)) {
            client.send(post("one"), BodyHandlers.ofString());
            client.close();
            // tag::flush[]
            store.flush(Deadline.after(Duration.ofSeconds(5)));
            // end::flush[]
            assertThat(store.stats().entries()).isEqualTo(1);
        }
        assertThat(Files.size(file)).isPositive();
    }

    private HttpRequest post(String body) {
        return HttpRequest.newBuilder(api.uri().resolve("/v1/embeddings"))
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
