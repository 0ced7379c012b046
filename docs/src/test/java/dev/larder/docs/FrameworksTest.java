package dev.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.perf.upstream.Upstream;
import dev.larder.transport.CacheRule;
import dev.larder.transport.CachingHttpClient;
import feign.Feign;
import feign.RequestLine;
import feign.http2client.Http2Client;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Libraries that send through a {@link HttpClient} of the user's, with one that caches. */
@Timeout(60)
class FrameworksTest {
    private final Upstream api =
            Upstream.start("text/event-stream", body -> "data: one\n\ndata: two\n\n".getBytes(StandardCharsets.UTF_8));
    private final CacheStore store = CacheStores.open("memory:");

    @AfterEach
    void close() {
        store.close();
        api.close();
    }

    @Test
    void langChain4j() throws Exception {
        CachingHttpClient.Builder caching = CachingHttpClient.newBuilder()
                .cacheBudget(Patience.BUDGET)
                .store(store)
                .rule(CacheRule.post().ttl(Duration.ofDays(30)));
        // tag::langchain4j[]
        var builder = JdkHttpClient.builder().httpClientBuilder(caching); // for OpenAiChatModel.builder() and others
        // end::langchain4j[]
        JdkHttpClient client = builder.build();
        var request = dev.langchain4j.http.client.HttpRequest.builder()
                .method(HttpMethod.POST)
                .url(api.uri() + "/v1/chat/completions")
                .body("{}")
                .build();
        SuccessfulHttpResponse response = client.execute(request);
        assertThat(response.body()).startsWith("data: one");
        for (int i = 0; i < 2; i++) {
            List<String> heard = new CopyOnWriteArrayList<>();
            CompletableFuture<Void> closed = new CompletableFuture<>();
            client.execute(request, new DefaultServerSentEventParser(), new ServerSentEventListener() {
                @Override
                public void onEvent(ServerSentEvent event) {
                    heard.add(event.data());
                }

                @Override
                public void onError(Throwable failure) {
                    closed.completeExceptionally(failure);
                }

                @Override
                public void onClose() {
                    closed.complete(null);
                }
            });
            closed.join();
            assertThat(heard).containsExactly("one", "two");
        }
        assertThat(api.calls()).isEqualTo(1);
    }

    @Test
    void spring() {
        try (CachingHttpClient client = client()) {
            // tag::spring[]
            RestClient rest = RestClient.builder()
                    .requestFactory(new JdkClientHttpRequestFactory(client))
                    .build();
            // end::spring[]
            for (int i = 0; i < 3; i++) {
                assertThat(rest.get().uri(api.uri().resolve("/a")).retrieve().body(String.class))
                        .startsWith("data: one");
            }
        }
        assertThat(api.calls()).isEqualTo(1);
    }

    interface Api {
        @RequestLine("GET /a")
        String get();
    }

    @Test
    void feign() {
        // tag::feign[]
        // What Feign's Request.Options say too: where they differ, it makes a client of its own.
        CachingHttpClient.Builder caching = CachingHttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .store(store)
                .rule(CacheRule.get().ttl(Duration.ofDays(30)));
        // end::feign[]
        CachingHttpClient client = caching.cacheBudget(Patience.BUDGET).build();
        // tag::feign-client[]
        Feign.Builder feign = Feign.builder().client(new Http2Client(client));
        // end::feign-client[]
        Api proxy = feign.target(Api.class, api.uri().toString());
        for (int i = 0; i < 3; i++) {
            assertThat(proxy.get()).startsWith("data: one");
        }
        client.close();
        assertThat(api.calls()).isEqualTo(1);
    }

    private CachingHttpClient client() {
        return Patience.clientOn(store);
    }
}
