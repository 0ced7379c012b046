package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers to HEAD, which are kept for HEAD alone (RFC 9110 §9.3.2), over every store. */
final class HeadCachingTest extends HttpTest {
    private volatile String language;

    @BeforeEach
    void withoutRules() {
        client.close();
        client = client();
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            exchange.getResponseHeaders().add("ETag", "\"1\"");
            exchange.getResponseHeaders().add("X-Call", Integer.toString(upstream.calls()));
            if (language != null) {
                exchange.getResponseHeaders().add("Vary", language);
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
                exchange.getResponseHeaders().add("Content-Length", "4");
            }
            Upstream.answer(exchange, 200, head ? "" : "body");
        });
    }

    @Test
    void answersHeadWithWhatHeadHasBrought() throws Exception {
        assertThat(cacheStatus(send(head()))).isEqualTo("larder; fwd=miss; stored");
        clock.advance(Duration.ofSeconds(30));
        HttpResponse<String> hit = send(head());
        assertThat(hit.body()).isEmpty();
        assertThat(hit.headers().firstValue("Content-Length")).contains("4");
        assertThat(hit.headers().firstValue("Age")).contains("30");
        assertThat(cacheStatus(hit)).isEqualTo("larder; hit; ttl=30");
        assertThat(send(head("If-None-Match", "\"1\"")).statusCode()).isEqualTo(304);
        assertThat(client.sendAsync(head(), HttpResponse.BodyHandlers.ofString())
                        .join()
                        .statusCode())
                .isEqualTo(200);
        assertThat(upstream.calls()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(30));
        send(head());
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void neverAnswersGetWithIt() throws Exception {
        send(head());
        assertThat(send(page()).body()).isEqualTo("body");
        assertThat(send(page()).body()).isEqualTo("body");
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void prefersWhatGetHasBroughtSince() throws Exception {
        send(head());
        clock.advance(Duration.ofSeconds(1));
        send(page());
        assertThat(send(head()).headers().firstValue("X-Call")).contains("2");
        clock.advance(Duration.ofSeconds(70));
        // It is about what GET has brought, and brings that up to date.
        send(head());
        assertThat(send(page()).headers().firstValue("X-Call")).contains("3");
        assertThat(upstream.calls()).isEqualTo(3);
    }

    @Test
    void keepsVariantsOfItApart() throws Exception {
        language = "Accept-Language";
        for (int i = 0; i < 2; i++) {
            assertThat(send(head("Accept-Language", "de")).headers().firstValue("X-Call"))
                    .contains("1");
            assertThat(send(head("Accept-Language", "en")).headers().firstValue("X-Call"))
                    .contains("2");
        }
        language = "X-Flavour";
        send(head("Accept-Language", "fr"));
        assertThat(send(head("Accept-Language", "de")).headers().firstValue("X-Call"))
                .contains("3");
        assertThat(upstream.calls()).isEqualTo(3);
    }

    @Test
    void forgetsItWhenTheUriChanges() throws Exception {
        send(head());
        send(to("/a").DELETE().build());
        send(head());
        assertThat(upstream.calls()).isEqualTo(3);
    }

    @Test
    void keepsItBesideAPart() throws Exception {
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            exchange.getResponseHeaders().add("ETag", "\"1\"");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().add(head ? "Content-Length" : "Content-Range", head ? "9" : "bytes 0-3/9");
            Upstream.answer(exchange, head ? 200 : 206, head ? "" : "body");
        });
        HttpRequest part = page("Range", "bytes=0-3");
        send(part);
        send(head());
        assertThat(send(head()).headers().firstValue("Content-Length")).contains("9");
        assertThat(send(part).body()).isEqualTo("body");
        assertThat(upstream.calls()).isEqualTo(2);
    }

    private HttpRequest head(String... headers) {
        return request("HEAD", headers);
    }

    private HttpRequest page(String... headers) {
        return request("GET", headers);
    }

    private HttpRequest request(String method, String... headers) {
        HttpRequest.Builder request = to("/a").method(method, HttpRequest.BodyPublishers.noBody());
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }
}
