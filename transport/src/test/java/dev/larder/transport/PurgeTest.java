package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.tck.FaultyStore;
import dev.larder.cache.tck.FaultyStore.Method;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is removed by hand, and what stays. */
final class PurgeTest extends HttpTest {
    private static final CacheRule NAMED = CacheRule.get()
            .path("/named/**")
            .ttl(TTL)
            .name("pages")
            .tag("all pages")
            .tagsOf(request -> List.of("page " + request.uri().getPath()))
            .tagHeaders("Cache-Tag", "Surrogate-Key");

    @Test
    void removesByUri() throws Exception {
        keep(post("one"), post("two"), get("/embed"), get("/embed?q=1"));
        assertThat(client.purge(upstream.uri("/embed"))).isEqualTo(3);
        assertHits(get("/embed?q=1"));
        assertMisses(post("one"), post("two"), get("/embed"));
        assertThat(client.purge(upstream.uri("/nothing"))).isZero();
        assertThatThrownBy(() -> client.purge(URI.create("mailto:a@b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mailto:a@b");
    }

    @Test
    void removesByUriWhatHttpHasKept() throws Exception {
        withRules();
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            exchange.getResponseHeaders().add("Vary", "X-Kind");
            Upstream.answer(exchange, 200, "body");
        });
        keep(get("/a", "X-Kind", "1"), get("/a", "X-Kind", "2"), get("/b"));
        assertThat(client.purge(upstream.uri("/a"))).isPositive();
        assertHits(get("/b"));
        assertMisses(get("/a", "X-Kind", "1"), get("/a", "X-Kind", "2"));
    }

    @Test
    void removesByKeyWithAllVariants() throws Exception {
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Vary", "X-Kind");
            Upstream.answer(exchange, 200, "body");
        });
        keep(get("/a", "X-Kind", "1"), get("/a", "X-Kind", "2"), post("one"));
        CacheKey key = client.explain(get("/a")).key();
        assertThat(client.purge(key)).isTrue();
        assertThat(client.purge(key)).isFalse();
        assertHits(post("one"));
        assertMisses(get("/a", "X-Kind", "1"));
        // What the first new answer says of Vary must not bring the other old one back.
        assertMisses(get("/a", "X-Kind", "2"));
    }

    @Test
    void removesByTag() throws Exception {
        withRules(NAMED, CacheRule.get().ttl(TTL));
        upstream.answers((exchange, body) -> {
            Headers fields = exchange.getResponseHeaders();
            fields.add("Cache-Tag", "red, green," + exchange.getRequestURI().getPath());
            fields.add("Surrogate-Key", "blue white " + "x".repeat(300));
            Upstream.answer(exchange, 200, "body");
        });
        HttpRequest one = get("/named/1");
        HttpRequest two = get("/named/2");
        for (String tag : List.of("red", "green", "blue", "white", "all pages")) {
            keep(one, two, get("/other"));
            assertThat(client.purgeTag(tag)).as(tag).isEqualTo(2);
            assertMisses(one, two);
            assertHits(get("/other"));
        }
        keep(one, two);
        assertThat(client.purgeTag("page /named/1")).isEqualTo(1);
        assertHits(two);
        assertMisses(one);
        assertThat(client.purgeTag("/named/2")).isEqualTo(1);
        assertThat(client.purgeTag("no such")).isZero();
    }

    @Test
    void removesByRule() throws Exception {
        withRules(NAMED, CacheRule.get().ttl(TTL));
        keep(get("/named/1"), get("/named/2"), get("/other"));
        assertThat(client.purge(NAMED)).isEqualTo(2);
        assertHits(get("/other"));
        assertMisses(get("/named/1"));
        assertThatThrownBy(() -> client.purge(CacheRule.get().ttl(TTL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
    }

    @Test
    void keepsNothingThatWasAskedForBefore() throws Exception {
        Gate gate = new Gate();
        upstream.answers((exchange, body) -> {
            gate.pass();
            Upstream.answer(exchange, 200, "old");
        });
        CompletableFuture<HttpResponse<String>> early =
                client.sendAsync(post("a"), HttpResponse.BodyHandlers.ofString());
        gate.awaitArrival();
        client.purge(upstream.uri("/embed"));
        upstream.answers((exchange, body) -> Upstream.answer(exchange, 200, "new"));
        assertThat(send(post("a")).body()).isEqualTo("new");
        gate.open();
        assertThat(early.join().body()).isEqualTo("old");
        client.close();
        client = client(CacheRule.post().ttl(TTL));
        assertThat(send(post("a")).body()).isEqualTo("new");
    }

    @Test
    void saysThatTheStoreFailed() {
        FaultyStore faulty = new FaultyStore(store);
        client.close();
        client = CachingHttpClient.newBuilder().store(faulty).build();
        faulty.failWith(new CacheStoreException(CacheStoreException.Kind.UNAVAILABLE, "planted"), Method.REMOVE_TAGGED);
        assertThatThrownBy(() -> client.purgeTag("a"))
                .isInstanceOf(CacheStoreException.class)
                .hasMessageContaining("planted");
    }

    private void withRules(CacheRule... rules) {
        client.close();
        client = client(rules);
    }

    private void keep(HttpRequest... requests) throws Exception {
        for (HttpRequest request : requests) {
            send(request);
        }
        // What counts removals counts entries of the store.
        client.awaitRecordings();
        assertHits(requests);
    }

    private void assertHits(HttpRequest... requests) throws Exception {
        for (HttpRequest request : requests) {
            assertThat(cacheStatus(send(request))).startsWith("larder; hit");
        }
    }

    private void assertMisses(HttpRequest... requests) throws Exception {
        for (HttpRequest request : requests) {
            assertThat(cacheStatus(send(request))).matches("larder; fwd=(vary-)?miss.*");
        }
    }
}
