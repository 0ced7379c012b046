package dev.larder.perf.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamTest {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void answersDependOnTheBodyAndAreCounted() throws Exception {
        try (Upstream upstream = Upstream.start("text/plain", UpstreamTest::echo)) {
            HttpResponse<String> first = send(upstream, BodyPublishers.ofString("one"));

            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.headers().firstValue("Content-Type")).contains("text/plain");
            assertThat(first.body()).isEqualTo("got one");
            assertThat(send(upstream, BodyPublishers.noBody()).body()).isEqualTo("got ");
            assertThat(upstream.calls()).isEqualTo(2);
        }
    }

    @Test
    void callThatItsClientSendsAgainByItselfCountsOnce() throws Exception {
        try (Upstream upstream = Upstream.start("text/plain", UpstreamTest::echo)) {
            for (String number : List.of("1", "2", "2", "16386", "2")) {
                HttpRequest request = HttpRequest.newBuilder(upstream.uri())
                        .header(Upstream.CALL_NUMBER, number)
                        .POST(BodyPublishers.ofString("same"))
                        .build();

                assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .isEqualTo("got same");
            }

            assertThat(upstream.calls()).as("of 1, 2, 16386 and 2 long after").isEqualTo(4);
        }
    }

    @Test
    void bodyOfUnknownLengthComesInChunks() throws Exception {
        String body = "0123456789".repeat(10_000);
        try (Upstream upstream = Upstream.start("text/plain", UpstreamTest::echo)) {
            BodyPublisher chunked = BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII))));

            assertThat(send(upstream, chunked).body()).isEqualTo("got " + body);
        }
    }

    @Test
    void closingEndsCallsUnderWayAndRefusesNewOnes() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        Upstream upstream = Upstream.start("text/plain", body -> {
            reached.countDown();
            new CountDownLatch(1).await();
            return body;
        });
        HttpRequest request = request(upstream, BodyPublishers.ofString("one"));
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        reached.await();

        upstream.close();
        upstream.close();

        assertThatThrownBy(answer::join).hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> send(upstream, BodyPublishers.ofString("two"))).isInstanceOf(IOException.class);
        assertThat(upstream.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pageRepeatsItsBlock(boolean announced) throws Exception {
        byte[] block = "0123456789".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        String fields = "Cache-Control: max-age=60\r\n";
        try (Upstream upstream =
                Upstream.serve(target -> new Page(fields + "Target: " + target + "\r\n", block, 25_001, announced))) {
            HttpRequest request =
                    HttpRequest.newBuilder(upstream.uri().resolve("/a?b")).build();

            for (int call = 1; call <= 2; call++) {
                HttpResponse<String> page = client.send(request, HttpResponse.BodyHandlers.ofString());

                assertThat(page.body()).isEqualTo("0123456789".repeat(2500) + "0");
                assertThat(page.headers().firstValue("Cache-Control")).contains("max-age=60");
                assertThat(page.headers().firstValue("Target")).contains("/a?b");
                assertThat(page.headers().firstValue("Content-Length").isPresent())
                        .isEqualTo(announced);
                assertThat(upstream.calls()).isEqualTo(call);
            }
        }
    }

    private HttpResponse<String> send(Upstream upstream, BodyPublisher body) throws Exception {
        return client.send(request(upstream, body), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(Upstream upstream, BodyPublisher body) {
        return HttpRequest.newBuilder(upstream.uri().resolve("/any")).POST(body).build();
    }

    private static byte[] echo(byte[] body) {
        return ("got " + new String(body, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII);
    }
}
