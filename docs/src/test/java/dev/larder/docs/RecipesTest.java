package dev.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.perf.upstream.Upstream;
import dev.larder.transport.CacheRule;
import dev.larder.transport.CachingHttpClient;
import dev.larder.transport.Explanation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules and recipes of docs/http.md, with an API on loopback. */
class RecipesTest {
    private final Upstream api = Upstream.start(
            "application/json",
            body -> ("{\"answer\":\"" + new String(body, StandardCharsets.UTF_8) + "\"}")
                    .getBytes(StandardCharsets.UTF_8));
    private final CacheStore store = CacheStores.open("memory:");

    @AfterEach
    void close() {
        store.close();
        api.close();
    }

    @Test
    void rules() throws Exception {
        // tag::rules[]
        CacheRule embeddings = CacheRule.post()
                .host("api.example.com", "localhost", "127.0.0.1")
                .path("/v1/embeddings")
                .requestType("application/json")
                .responseType("application/json")
                .ttl(Duration.ofDays(30));
        CacheRule models = CacheRule.get()
                .path("/v1/models/**")
                .ttl(Duration.ofMinutes(10))
                .ttl(404, Duration.ofSeconds(30))
                .keyHeaders("X-Tenant")
                .sharedAcrossCredentials();
        CacheRule everythingElse =
                CacheRule.get().defaultTtl(Duration.ofMinutes(1)).staleIfError(Duration.ofDays(1));
        // end::rules[]
        try (CachingHttpClient client = client(embeddings, models, everythingElse)) {
            HttpRequest embedding = HttpRequest.newBuilder(uri("/v1/embeddings"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("text"))
                    .build();
            assertThat(upstreamCalls(client, embedding, embedding)).isEqualTo(1);
            HttpRequest.Builder model = HttpRequest.newBuilder(uri("/v1/models/a"));
            assertThat(upstreamCalls(
                            client,
                            model.copy().header("Authorization", "a").build(),
                            model.copy().header("Authorization", "b").build()))
                    .isEqualTo(1);
            assertThat(upstreamCalls(
                            client, model.copy().header("X-Tenant", "t").build()))
                    .isEqualTo(1);
            assertThat(upstreamCalls(client, get("/other"), get("/other"))).isEqualTo(1);
        }
    }

    @Test
    void completions() throws Exception {
        // tag::completions[]
        CacheRule completions = CacheRule.post()
                .path("/v1/chat/completions")
                .jsonBody("user", "metadata")
                .ttl(Duration.ofDays(30))
                .responseType("application/json", "text/event-stream")
                .staleIfError(Duration.ofDays(365))
                .name("completions");
        // end::completions[]
        HttpRequest question = post("/v1/chat/completions", "hello");
        try (CachingHttpClient client = client(completions)) {
            assertThat(upstreamCalls(client, question, question)).isEqualTo(1);
            assertThat(client.purge(completions)).isEqualTo(1);
            assertThat(upstreamCalls(client, question)).isEqualTo(1);
        }
    }

    @Test
    void negativeAnswers() {
        // tag::negative[]
        CacheRule lookups = CacheRule.get()
                .path("/users/*")
                .byHttp()
                .ttl(404, Duration.ofSeconds(30))
                .ttl(410, Duration.ofDays(1));
        // end::negative[]
        client(lookups).close();
    }

    @Test
    void survivesTheApi() throws Exception {
        // tag::outage[]
        CacheRule prices = CacheRule.get()
                .path("/prices/**")
                .ttl(Duration.ofMinutes(1))
                .staleWhileRevalidate(Duration.ofMinutes(10))
                .staleIfError(Duration.ofDays(1));
        // end::outage[]
        try (CachingHttpClient client = client(prices)) {
            client.send(get("/prices/a"), BodyHandlers.ofString());
            api.close();
            assertThat(client.send(get("/prices/a"), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void viewsOfAClient() throws Exception {
        HttpRequest request = post("/v1/embeddings", "text");
        try (CachingHttpClient client = client(CacheRule.post().ttl(Duration.ofDays(30)))) {
            client.send(request, BodyHandlers.ofString());
            int before = calls();
            // tag::views[]
            HttpClient past = client.bypass(); // as if there were no cache
            HttpClient anew = client.refresh(); // asks the API, and keeps what it answers
            HttpClient brief = client.with(CacheRule.post().ttl(Duration.ofMinutes(1)));

            HttpResponse<String> newest = anew.send(request, BodyHandlers.ofString());
            // end::views[]
            assertThat(newest.statusCode()).isEqualTo(200);
            past.send(request, BodyHandlers.ofString());
            assertThat(calls() - before).isEqualTo(2);
            brief.send(request, BodyHandlers.ofString());
            assertThat(calls() - before).isEqualTo(2);
        }
    }

    @Test
    void purges() throws Exception {
        HttpRequest request = get("/catalogue/shoes?page=2");
        // tag::tags[]
        CacheRule catalogue = CacheRule.get()
                .path("/catalogue/*")
                .ttl(Duration.ofDays(7))
                .name("catalogue")
                .tagsOf(get -> List.of("department " + get.uri().getPath()))
                .tagHeaders("Cache-Tag", "Surrogate-Key");
        // end::tags[]
        try (CachingHttpClient client = client(catalogue)) {
            client.send(request, BodyHandlers.ofString());
            // tag::purge[]
            client.purgeTag("department /catalogue/shoes"); // what a rule or a response has tagged so
            client.purge(request.uri()); // all answers about a URI, whatever their bodies and callers
            client.purge(catalogue); // all answers that the rule of this name has kept
            client.purge(client.explain(request).key()); // the answers to one request
            // end::purge[]
            assertThat(upstreamCalls(client, request)).isEqualTo(1);
        }
    }

    @Test
    void explains() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/v1/embeddings?api_key=secret"))
                .header("Authorization", "Bearer secret")
                .POST(BodyPublishers.ofString("text"))
                .build();
        try (CachingHttpClient client = client(CacheRule.post().ttl(Duration.ofDays(30)))) {
            // tag::explain[]
            Explanation explanation = client.explain(request);
            String text = explanation.toString();
            // end::explain[]
            assertThat(text)
                    .contains("MISS: nothing kept")
                    .contains("judged by CacheRule[POST, ttl=PT720H]")
                    .contains("header authorization: (redacted)")
                    .doesNotContain("secret");
        }
    }

    private CachingHttpClient client(CacheRule... rules) {
        CachingHttpClient.Builder builder =
                CachingHttpClient.newBuilder().store(store).cacheBudget(Patience.BUDGET);
        List.of(rules).forEach(builder::rule);
        return builder.build();
    }

    private int upstreamCalls(HttpClient client, HttpRequest... requests) throws IOException, InterruptedException {
        int before = calls();
        for (HttpRequest request : requests) {
            client.send(request, BodyHandlers.ofString());
        }
        return calls() - before;
    }

    private int calls() {
        return Math.toIntExact(api.calls());
    }

    private URI uri(String path) {
        return api.uri().resolve(path);
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(uri(path)).build();
    }

    private HttpRequest post(String path, String body) {
        return HttpRequest.newBuilder(uri(path))
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
