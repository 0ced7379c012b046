package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers to POST that stand for what GET would bring (RFC 9110 §9.3.3), over every store. */
final class PostForGetTest extends HttpTest {
    private volatile String location = "/a";
    private volatile String directives = "max-age=60";
    private volatile int status = 200;

    @BeforeEach
    void withoutRules() {
        client.close();
        client = client();
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Content-Location", location);
            exchange.getResponseHeaders().add("Cache-Control", directives);
            Upstream.answer(exchange, status, "call " + upstream.calls());
        });
    }

    @Test
    void answersGetWithWhatPostHasBrought() throws Exception {
        HttpResponse<String> posted = send(posting());
        assertThat(posted.body()).isEqualTo("call 1");
        assertThat(cacheStatus(posted)).isEqualTo("larder; fwd=method; stored");
        clock.advance(Duration.ofSeconds(30));
        HttpResponse<String> hit = send(getting());
        assertThat(hit.body()).isEqualTo("call 1");
        assertThat(hit.headers().firstValue("Age")).contains("30");
        assertThat(upstream.calls()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(30));
        assertThat(send(getting()).body()).isEqualTo("call 2");
    }

    @Test
    void takesThePlaceOfWhatGetHasBrought() throws Exception {
        send(getting());
        assertThat(client.sendAsync(posting(), BodyHandlers.ofString()).join().body())
                .isEqualTo("call 2");
        assertThat(send(getting()).body()).isEqualTo("call 2");
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void answersNoPost() throws Exception {
        send(posting());
        assertThat(send(posting()).body()).isEqualTo("call 2");
        assertThat(send(getting()).body()).isEqualTo("call 2");
    }

    @Test
    void keepsNothingThatDoesNotSayItMayBeKept() throws Exception {
        location = "/b";
        assertThat(cacheStatus(send(posting()))).isEqualTo("larder; fwd=method");
        assertThat(send(getting()).body()).isEqualTo("call 2");
        location = "/a";
        directives = "no-store, max-age=60";
        send(posting());
        assertThat(send(getting()).body()).isEqualTo("call 4");
        directives = "public";
        send(posting());
        assertThat(send(getting()).body()).isEqualTo("call 6");
        directives = "max-age=60";
        status = 404;
        send(posting());
        status = 200;
        assertThat(send(getting()).body()).isEqualTo("call 8");
    }

    @Test
    void keepsItForTheSameCallerOnly() throws Exception {
        send(posting("Authorization", "alice"));
        assertThat(send(getting("Authorization", "bob")).body()).isEqualTo("call 2");
        assertThat(send(getting("Authorization", "alice")).body()).isEqualTo("call 1");
        assertThat(send(getting()).body()).isEqualTo("call 3");
    }

    @Test
    void keepsNothingThatChangedAgainMeanwhile() throws Exception {
        Gate gate = new Gate();
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Content-Location", "/a");
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            int call = upstream.calls();
            if (call == 1) {
                gate.pass();
            }
            Upstream.answer(exchange, 200, "call " + call);
        });
        var first = client.sendAsync(posting(), BodyHandlers.ofString());
        gate.awaitArrival();
        send(to("/a").DELETE().build());
        gate.open();
        assertThat(first.join().body()).isEqualTo("call 1");
        assertThat(send(getting()).body()).isEqualTo("call 3");
    }

    private HttpRequest posting(String... headers) {
        return request(
                to("/a").POST(HttpRequest.BodyPublishers.ofString("change")).header("Content-Type", "text/plain"),
                headers);
    }

    private HttpRequest getting(String... headers) {
        return request(to("/a"), headers);
    }

    private static HttpRequest request(HttpRequest.Builder request, String... headers) {
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }
}
