package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stale answers in place of errors (RFC 9111 §4.2.4, RFC 5861 §4), over every store. */
final class StaleCachingTest extends HttpTest {
    @BeforeEach
    void withoutRules() {
        client.close();
        client = client();
    }

    @Test
    void servesStaleInsteadOfErrorsWhereItMay() throws Exception {
        says("Cache-Control", "max-age=10, stale-if-error=60");
        send(get("/a"));
        clock.advance(Duration.ofSeconds(20));
        upstream.answers((exchange, body) -> Upstream.answer(exchange, 503, "down"));
        HttpResponse<String> stale = send(get("/a"));
        assertThat(stale.body()).isEqualTo("answer to ");
        assertThat(cacheStatus(stale)).isEqualTo("larder; hit; fwd=stale; fwd-status=503; detail=\"stale-if-error\"");
        clock.advance(Duration.ofSeconds(60));
        assertThat(send(get("/a")).statusCode()).isEqualTo(503);
    }

    @Test
    void servesStaleWhenTheOriginIsDownUnlessForbidden() throws Exception {
        says("Cache-Control", "max-age=10");
        send(get("/a"));
        says("Cache-Control", "max-age=10, must-revalidate");
        send(get("/b"));
        clock.advance(Duration.ofSeconds(20));
        upstream.close();
        assertThat(send(get("/a")).body()).isEqualTo("answer to ");
        assertThat(client.sendAsync(get("/a"), HttpResponse.BodyHandlers.ofString())
                        .join()
                        .body())
                .isEqualTo("answer to ");
        assertThatThrownBy(() -> send(get("/b"))).isInstanceOf(IOException.class);
    }

    @Test
    void servesFollowersStaleTooWhenTheUpstreamIsInTrouble() throws Exception {
        says("Cache-Control", "max-age=10, stale-if-error=60");
        send(get("/a"));
        clock.advance(Duration.ofSeconds(20));
        for (HttpResponse<String> response :
                atOnce((exchange, body) -> Upstream.answer(exchange, 503, "down"), get("/a"))) {
            assertThat(response.body()).isEqualTo("answer to ");
            assertThat(cacheStatus(response))
                    .isEqualTo("larder; hit; fwd=stale; fwd-status=503; detail=\"stale-if-error\"");
        }
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void servesFollowersStaleTooWhenTheCallFails() throws Exception {
        says("Cache-Control", "max-age=10");
        send(get("/a"));
        clock.advance(Duration.ofSeconds(20));
        Upstream.Handler failing = (exchange, body) -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=10");
            Upstream.breakOff(exchange, "half");
        };
        for (HttpResponse<String> response : atOnce(failing, get("/a"))) {
            assertThat(response.body()).isEqualTo("answer to ");
        }
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void servesFollowersStaleTooWhoseOwnCallsFail() throws Exception {
        says("Cache-Control", "max-age=10");
        send(get("/a"));
        clock.advance(Duration.ofSeconds(20));
        // Nothing of it would be kept, so the others do not wait for the end of it.
        for (HttpResponse<String> response :
                atOnce((exchange, body) -> Upstream.breakOff(exchange, "half"), get("/a"))) {
            assertThat(response.body()).isEqualTo("answer to ");
        }
    }

    @Test
    void servesNoFollowerStaleWhoForbidsIt() throws Exception {
        says("Cache-Control", "max-age=10, stale-if-error=60");
        send(get("/a"));
        clock.advance(Duration.ofSeconds(20));
        List<HttpResponse<String>> responses = atOnce(
                (exchange, body) -> Upstream.answer(exchange, 503, "down"),
                get("/a"),
                get("/a", "Cache-Control", "stale-if-error=1"),
                get("/a", "Cache-Control", "stale-if-error=1, no-cache"));
        assertThat(responses).extracting(HttpResponse::statusCode).containsExactly(200, 200, 503);
    }

    /** Sends all requests, the first as the leader of the others, and then has the upstream answer. */
    private List<HttpResponse<String>> atOnce(Upstream.Handler answer, HttpRequest first, HttpRequest... others)
            throws InterruptedException, ExecutionException {
        Gate gate = new Gate();
        upstream.answers((exchange, body) -> {
            gate.pass();
            answer.handle(exchange, body);
        });
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        calls.add(client.sendAsync(first, HttpResponse.BodyHandlers.ofString()));
        gate.awaitArrival();
        for (HttpRequest other : others.length == 0 ? new HttpRequest[] {first, first, first} : others) {
            calls.add(follow(other));
        }
        gate.open();
        List<HttpResponse<String>> responses = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            responses.add(call.get());
        }
        return responses;
    }

    /** Has the upstream answer everything with these fields. */
}
