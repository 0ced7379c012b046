package dev.larder.perf.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheStore;
import dev.larder.perf.upstream.Upstream;
import dev.larder.transport.CacheRule;
import dev.larder.transport.CachingHttpClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Callers that want the same answer at once, which nobody has yet, on every store. */
class StampedeTest {
    private static final int CALLERS = 32;

    private final TemporaryDirectory directory = TemporaryDirectory.create();
    private final Upstream upstream = Upstream.start("application/octet-stream", new EchoAnswers());

    static Stream<StoreChoice> stores() {
        return StoreChoices.all().stream();
    }

    @AfterEach
    void close() {
        upstream.close();
        directory.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stores")
    void callersOfSendCostOneUpstreamCall(StoreChoice choice) throws Exception {
        try (CacheStore store = choice.open(directory.path());
                CachingHttpClient client = client(store)) {
            Recorded recorded = Callers.run(
                    CALLERS, 1, number -> iteration -> new PostCall(client, upstream.uri(), "the same for all"));

            assertThat(recorded.firstError()).isNull();
            assertThat(upstream.calls()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stores")
    void callersOfSendAsyncCostOneUpstreamCall(StoreChoice choice) {
        byte[] body = "the same for all".getBytes(StandardCharsets.US_ASCII);
        HttpRequest request = HttpRequest.newBuilder(upstream.uri())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try (CacheStore store = choice.open(directory.path());
                CachingHttpClient client = client(store)) {
            List<CompletableFuture<HttpResponse<byte[]>>> answers = IntStream.range(0, CALLERS)
                    .mapToObj(number -> client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()))
                    .toList();

            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().body()).isEqualTo(EchoAnswers.of(body)));
            assertThat(upstream.calls()).isEqualTo(1);
        }
    }

    private static CachingHttpClient client(CacheStore store) {
        return CachingHttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .store(store)
                .rule(CacheRule.post().ttl(Duration.ofHours(1)))
                .cacheBudget(Duration.ofSeconds(30))
                .build();
    }
}
