package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.Deadline;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Responses that vary, side by side (RFC 9111 §4.1, §4.3.1), over every store. */
final class VariantCachingTest extends HttpTest {
    @BeforeEach
    void withoutRules() {
        client.close();
        client = client();
    }

    @Test
    void keepsVariantsSideBySide() throws Exception {
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Vary", "Accept-Language, X-Flavour");
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            Upstream.answer(exchange, 200, "" + exchange.getRequestHeaders().getFirst("Accept-Language"));
        });
        for (String language : List.of("de", "en", "fr", "it", "nl")) {
            assertThat(send(get("/a", "Accept-Language", language)).body()).isEqualTo(language);
        }
        assertThat(upstream.calls()).isEqualTo(5);
        for (String language : List.of("it", "de", "en", "nl", "fr")) {
            assertThat(send(get("/a", "Accept-Language", language)).body()).isEqualTo(language);
        }
        assertThat(send(get("/a", "Accept-Language", " DE ;q=1.0")).body()).isEqualTo("de");
        assertThat(upstream.calls()).isEqualTo(5);
        assertThat(send(get("/a")).body()).isEqualTo("null");
        assertThat(upstream.calls()).isEqualTo(6);
    }

    @Test
    void asksWhetherAnotherVariantIsTheAnswer() throws Exception {
        upstream.answers((exchange, body) -> {
            String language = exchange.getRequestHeaders().getFirst("Accept-Language");
            String tag = language.startsWith("de") ? "\"german\"" : "\"" + language + "\"";
            exchange.getResponseHeaders().add("Vary", "Accept-Language");
            exchange.getResponseHeaders().add("ETag", tag);
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            exchange.getResponseHeaders().add("X-Call", Integer.toString(upstream.calls()));
            String known = exchange.getRequestHeaders().getFirst("If-None-Match");
            exchange.getResponseHeaders().add("X-Known", "" + known);
            boolean same = known != null && known.contains(tag);
            Upstream.answer(exchange, same ? 304 : 200, same ? "" : tag);
        });
        send(get("/a", "Accept-Language", "de"));
        send(get("/a", "Accept-Language", "en"));
        HttpResponse<String> swiss = send(get("/a", "Accept-Language", "de-CH"));
        assertThat(swiss.statusCode()).isEqualTo(200);
        assertThat(swiss.body()).isEqualTo("\"german\"");
        assertThat(swiss.headers().firstValue("X-Known")).contains("\"en\", \"german\"");
        assertThat(cacheStatus(swiss)).isEqualTo("larder; fwd=vary-miss; fwd-status=304; stored");
        // Both are up to date: the one that was confirmed, and the new one.
        assertThat(send(get("/a", "Accept-Language", "de-CH")).body()).isEqualTo("\"german\"");
        HttpResponse<String> german = send(get("/a", "Accept-Language", "de"));
        assertThat(german.headers().firstValue("X-Call")).contains("3");
        assertThat(client.sendAsync(get("/a", "Accept-Language", "de-AT"), HttpResponse.BodyHandlers.ofString())
                        .join()
                        .body())
                .isEqualTo("\"german\"");
        assertThat(send(get("/a", "Accept-Language", "de-LI", "Range", "bytes=1-3"))
                        .body())
                .isEqualTo("ger");
        assertThat(upstream.calls()).isEqualTo(5);
    }

    @Test
    void asksAgainWhenTheVariantThatIsConfirmedHasGone() throws Exception {
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Vary", "Accept-Language");
            exchange.getResponseHeaders().add("ETag", "\"1\"");
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            boolean same = exchange.getRequestHeaders().containsKey("If-None-Match");
            Upstream.answer(exchange, same ? 304 : 200, same ? "" : "body");
        });
        send(get("/a", "Accept-Language", "de"));
        client.close();
        store.scan(
                (key, entry) -> {
                    if (entry.data().length > 0) {
                        store.remove(key, Deadline.never());
                    }
                },
                Deadline.never());
        client = client();
        assertThat(send(get("/a", "Accept-Language", "en")).body()).isEqualTo("body");
        assertThat(send(get("/a", "Accept-Language", "en")).body()).isEqualTo("body");
        assertThat(upstream.calls()).isEqualTo(3);
    }
}
