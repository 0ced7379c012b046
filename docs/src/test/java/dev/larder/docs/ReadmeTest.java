package dev.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.perf.upstream.Upstream;
import dev.larder.transport.CacheRule;
import dev.larder.transport.CachingHttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The snippet of the README, with an API on loopback. */
class ReadmeTest {
    @BeforeEach
    void eraseWhatAnEarlierRunHasLeft() throws Exception {
        for (String file : new String[] {"http-cache.db", "http-cache.db-wal", "http-cache.db-shm"}) {
            Files.deleteIfExists(Path.of(file));
        }
    }

    @Test
    void theSnippetWorks() throws Exception {
        try (Upstream api = Upstream.start("application/json", body -> "[0.25]".getBytes(StandardCharsets.UTF_8))) {
            HttpRequest request = HttpRequest.newBuilder(api.uri().resolve("/v1/embeddings"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"input\":\"the quick brown fox\"}"))
                    .build();

            // tag::snippet[]
            CacheStore store = CacheStores.open("memory:?maxBytes=64MiB,sqlite:http-cache.db");
            CachingHttpClient client = CachingHttpClient.newBuilder()
                    .store(store)
                    .rule(CacheRule.post().ttl(Duration.ofDays(30)))
                    .build();

            HttpResponse<String> first = client.send(request, BodyHandlers.ofString()); // reaches the API
            HttpResponse<String> again = client.send(request, BodyHandlers.ofString()); // does not, nor after a restart

            client.close();
            store.close();
            // end::snippet[]

            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(first.body()).isEqualTo("[0.25]");
            assertThat(first.headers().allValues("Cache-Status")).containsExactly("larder; fwd=miss; stored");
            theFileAnswersWithoutTheApi(api, request);
        }
    }

    private static void theFileAnswersWithoutTheApi(Upstream api, HttpRequest request) throws Exception {
        api.close();
        try (CacheStore store = CacheStores.open("sqlite:http-cache.db");
                CachingHttpClient client = Patience.clientOn(store)) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

            assertThat(response.body()).isEqualTo("[0.25]");
            assertThat(response.headers().firstValue("Cache-Status").orElseThrow())
                    .startsWith("larder; hit; ttl=");
        }
    }
}
