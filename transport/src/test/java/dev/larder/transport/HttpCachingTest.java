package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.tck.FaultyStore;
import dev.larder.cache.tck.FaultyStore.Method;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What HTTP says about caching (RFC 9111 and its neighbours), without a rule, through a real upstream and store. */
final class HttpCachingTest extends HttpTest {
    @BeforeEach
    void withoutRules() {
        client.close();
        client = client();
    }

    @Test
    void servesWhatIsFresh() throws Exception {
        says("Cache-Control", "max-age=60");
        send(get("/a"));
        clock.advance(Duration.ofSeconds(59));
        HttpResponse<String> hit = send(get("/a"));
        assertThat(hit.headers().firstValue("Age")).contains("59");
        assertThat(cacheStatus(hit)).isEqualTo("larder; hit; ttl=1");
        assertThat(upstream.calls()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(cacheStatus(send(get("/a")))).isEqualTo("larder; fwd=stale; fwd-status=200; stored");
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void keepsNothingThatMustNotBe() throws Exception {
        for (String directives : List.of("no-store", "max-age=60, NO-STORE", "max-age=60, no-store=\"x\"")) {
            says("Cache-Control", directives);
            int before = upstream.calls();
            send(get("/a"));
            send(get("/a"));
            assertThat(upstream.calls() - before).as(directives).isEqualTo(2);
        }
        says("Cache-Control", "max-age=60");
        int before = upstream.calls();
        send(get("/b", "Cache-Control", "no-store"));
        send(get("/b"));
        assertThat(upstream.calls() - before).isEqualTo(2);
    }

    @Test
    void validatesWhatIsStaleAndServesItWhenConfirmed() throws Exception {
        upstream.answers((exchange, body) -> {
            Headers fields = exchange.getResponseHeaders();
            fields.add("ETag", "\"1\"");
            fields.add("Cache-Control", "max-age=10");
            fields.add("X-Call", Integer.toString(upstream.calls()));
            boolean same = "\"1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            Upstream.answer(exchange, same ? 304 : 200, same ? "" : "body");
        });
        send(get("/a"));
        clock.advance(Duration.ofSeconds(20));
        HttpResponse<String> validated = send(get("/a"));
        assertThat(validated.statusCode()).isEqualTo(200);
        assertThat(validated.body()).isEqualTo("body");
        assertThat(validated.headers().firstValue("X-Call")).contains("2");
        assertThat(cacheStatus(validated)).isEqualTo("larder; fwd=stale; fwd-status=304; stored");
        assertThat(send(get("/a")).body()).isEqualTo("body");
        assertThat(upstream.calls()).isEqualTo(2);
        assertThat(eventTypes()).contains(CacheEvent.Type.REVALIDATED);

        assertThat(send(get("/a", "Cache-Control", "no-cache")).body()).isEqualTo("body");
        assertThat(client.sendAsync(get("/a", "Cache-Control", "no-cache"), HttpResponse.BodyHandlers.ofString())
                        .join()
                        .body())
                .isEqualTo("body");
        assertThat(upstream.calls()).isEqualTo(4);
    }

    @Test
    void takesWhatIsNewWhenNotConfirmed() throws Exception {
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("ETag", "\"" + upstream.calls() + "\"");
            exchange.getResponseHeaders().add("Cache-Control", "max-age=10");
            Upstream.answer(exchange, 200, "body " + upstream.calls());
        });
        send(get("/a"));
        clock.advance(Duration.ofSeconds(20));
        assertThat(send(get("/a")).body()).isEqualTo("body 2");
        assertThat(send(get("/a")).body()).isEqualTo("body 2");
    }

    @Test
    void asksAgainWhenSomethingElseIsConfirmed() throws Exception {
        upstream.answers((exchange, body) -> {
            boolean conditional = exchange.getRequestHeaders().containsKey("If-None-Match");
            exchange.getResponseHeaders().add("ETag", conditional ? "\"other\"" : "\"1\"");
            Upstream.answer(exchange, conditional ? 304 : 200, conditional ? "" : "body");
        });
        send(get("/a"));
        assertThat(send(get("/a")).body()).isEqualTo("body");
        assertThat(client.sendAsync(get("/a"), HttpResponse.BodyHandlers.ofString())
                        .join()
                        .body())
                .isEqualTo("body");
        assertThat(upstream.calls()).isEqualTo(5);
    }

    @Test
    void answersTheCallersOwnConditions() throws Exception {
        says("ETag", "\"1\"", "Cache-Control", "max-age=60", "Content-Type", "text/plain");
        send(get("/a"));
        HttpResponse<String> same = send(get("/a", "If-None-Match", "W/\"1\", \"2\""));
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(same.headers().firstValue("Content-Type")).isEmpty();
        assertThat(send(get("/a", "If-None-Match", "\"2\"")).statusCode()).isEqualTo(200);
        assertThat(upstream.calls()).isEqualTo(1);
    }

    @Test
    void passesOnWhatTheUpstreamSaysToTheCallersOwnConditions() throws Exception {
        upstream.answers((exchange, body) -> Upstream.answer(exchange, 304, ""));
        assertThat(send(get("/a", "If-None-Match", "\"1\"")).statusCode()).isEqualTo(304);
        upstream.answers((exchange, body) -> Upstream.answer(exchange, 200, "whole"));
        assertThat(send(get("/a")).body()).isEqualTo("whole");
    }

    @Test
    void servesPartsOfWhatIsWhole() throws Exception {
        String whole = "0123456789".repeat(50);
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            exchange.getResponseHeaders().add("ETag", "\"1\"");
            Upstream.answer(exchange, 200, whole);
        });
        send(get("/a"));
        HttpResponse<String> part = send(get("/a", "Range", "bytes=1-3"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(whole.substring(1, 4));
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 1-3/" + whole.length());
        assertThat(send(get("/a", "Range", "bytes=999-")).statusCode()).isEqualTo(416);
        assertThat(send(get("/a", "Range", "bytes=0-0, 400-401")).body()).contains("Content-Range: bytes 0-0/");
        HttpRequest conditional =
                to("/a").headers("Range", "bytes=1-3", "If-Range", "\"2\"").build();
        assertThat(send(conditional).body()).isEqualTo(whole);
        assertThat(upstream.calls()).isEqualTo(1);
    }

    @Test
    void neverServesAPartAsTheWhole() throws Exception {
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            boolean part = exchange.getRequestHeaders().containsKey("Range");
            if (part) {
                exchange.getResponseHeaders().add("Content-Range", "bytes 0-1/5");
            }
            Upstream.answer(exchange, part ? 206 : 200, part ? "wh" : "whole");
        });
        assertThat(send(get("/a", "Range", "bytes=0-1")).body()).isEqualTo("wh");
        assertThat(send(get("/a")).body()).isEqualTo("whole");
    }

    @Test
    void validatesWhatMatchesNoRequest() throws Exception {
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Vary", "*");
            exchange.getResponseHeaders().add("ETag", "\"1\"");
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            boolean same = exchange.getRequestHeaders().containsKey("If-None-Match");
            Upstream.answer(exchange, same ? 304 : 200, same ? "" : "body");
        });
        send(get("/a"));
        assertThat(send(get("/a")).body()).isEqualTo("body");
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void obeysWhatTheRequestAsksFor() throws Exception {
        says("Cache-Control", "max-age=60");
        send(get("/a"));
        clock.advance(Duration.ofSeconds(30));
        send(get("/a", "Cache-Control", "max-age=40"));
        send(get("/a", "Cache-Control", "min-fresh=20"));
        assertThat(upstream.calls()).isEqualTo(1);
        send(get("/a", "Cache-Control", "max-age=10"));
        assertThat(upstream.calls()).isEqualTo(2);
        clock.advance(Duration.ofSeconds(90));
        HttpResponse<String> stale = send(get("/a", "Cache-Control", "max-stale=60"));
        assertThat(cacheStatus(stale)).isEqualTo("larder; hit; ttl=-30");
        assertThat(upstream.calls()).isEqualTo(2);
        send(get("/a", "Pragma", "no-cache"));
        assertThat(upstream.calls()).isEqualTo(3);
    }

    @Test
    void makesNoCallForWhomAnAnswerFromTheCacheHasToDo() throws Exception {
        says("Cache-Control", "max-age=60");
        HttpResponse<String> nothing = send(get("/a", "Cache-Control", "only-if-cached"));
        assertThat(nothing.statusCode()).isEqualTo(504);
        assertThat(client.sendAsync(get("/a", "Cache-Control", "only-if-cached"), HttpResponse.BodyHandlers.ofString())
                        .join()
                        .statusCode())
                .isEqualTo(504);
        assertThat(upstream.calls()).isZero();
        send(get("/a"));
        assertThat(send(get("/a", "Cache-Control", "only-if-cached")).statusCode())
                .isEqualTo(200);
        assertThat(upstream.calls()).isEqualTo(1);
    }

    @Test
    void servesStaleWhileItValidatesOnce() throws Exception {
        Gate gate = new Gate();
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=10, stale-while-revalidate=60");
            int call = upstream.calls();
            if (call > 1) {
                gate.pass();
            }
            Upstream.answer(exchange, 200, "body " + call);
        });
        send(get("/a"));
        clock.advance(Duration.ofSeconds(20));
        assertThat(send(get("/a")).body()).isEqualTo("body 1");
        gate.awaitArrival();
        assertThat(send(get("/a")).body()).isEqualTo("body 1");
        assertThat(eventTypes()).contains(CacheEvent.Type.STALE);
        gate.open();
        while (!send(get("/a")).body().equals("body 2")) {
            Thread.onSpinWait();
        }
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void forgetsWhatWasChanged() throws Exception {
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            exchange.getResponseHeaders().add("Location", "/b");
            exchange.getResponseHeaders().add("Content-Location", "http://elsewhere.example/c");
            Upstream.answer(exchange, body.equals("bad") ? 400 : 200, "call " + upstream.calls());
        });
        send(get("/a"));
        send(get("/b"));
        send(get("/c"));
        send(to("/a").POST(HttpRequest.BodyPublishers.ofString("bad")).build());
        send(get("/a"));
        assertThat(upstream.calls()).isEqualTo(4);
        send(to("/a").PUT(HttpRequest.BodyPublishers.ofString("good")).build());
        assertThat(send(get("/a")).body()).isEqualTo("call 6");
        assertThat(send(get("/b")).body()).isEqualTo("call 7");
        assertThat(send(get("/c")).body()).isEqualTo("call 3");
        client.sendAsync(
                        to("/a").method("BREW", HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .join();
        assertThat(send(get("/a")).body()).isEqualTo("call 9");
        assertThat(eventTypes()).contains(CacheEvent.Type.INVALIDATED);
    }

    @Test
    void keepsNothingThatWasAskedForBeforeAChange() throws Exception {
        Gate gate = new Gate();
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            int call = upstream.calls();
            if (call == 1) {
                gate.pass();
            }
            Upstream.answer(exchange, 200, "call " + call);
        });
        CompletableFuture<HttpResponse<String>> before =
                client.sendAsync(get("/a"), HttpResponse.BodyHandlers.ofString());
        gate.awaitArrival();
        send(to("/a").DELETE().build());
        assertThat(send(get("/a")).body()).isEqualTo("call 3");
        gate.open();
        assertThat(before.join().body()).isEqualTo("call 1");
        assertThat(send(get("/a")).body()).isNotEqualTo("call 1");
    }

    @Test
    void keepsNothingThatWaitsForTheStoreDuringAChange() throws Exception {
        client.close();
        FaultyStore slow = new FaultyStore(store);
        // One that says nothing of what it can do is given answers one after the other, many at once.
        slow.failWith(new CacheStoreException(CacheStoreException.Kind.BUSY, "busy"), Method.CAPABILITIES);
        slow.stall(Method.PUT_ALL);
        client = CachingHttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .store(slow)
                .clock(clock)
                .cacheBudget(Duration.ofSeconds(20))
                .build();
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            Upstream.answer(exchange, 200, "call " + upstream.calls());
        });
        send(get("/first"));
        slow.awaitStalled(1);
        send(get("/a"));
        send(to("/a").DELETE().build());
        slow.heal(Method.PUT_ALL);
        client.close();
        client = client();
        assertThat(send(get("/first")).body()).isEqualTo("call 1");
        assertThat(send(get("/a")).body()).isEqualTo("call 4");
    }

    @Test
    void answersHeadFromGetAndLearnsFromHead() throws Exception {
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            exchange.getResponseHeaders().add("ETag", upstream.calls() < 4 ? "\"1\"" : "\"2\"");
            Upstream.answer(exchange, 200, "body");
        });
        HttpRequest head =
                to("/a").method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
        send(head);
        send(get("/a"));
        HttpResponse<String> hit = send(head);
        assertThat(hit.body()).isEmpty();
        assertThat(hit.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(upstream.calls()).isEqualTo(2);
        clock.advance(Duration.ofSeconds(70));
        send(head);
        assertThat(cacheStatus(send(get("/a")))).startsWith("larder; hit");
        assertThat(upstream.calls()).isEqualTo(3);
        clock.advance(Duration.ofSeconds(70));
        send(head);
        send(get("/a"));
        assertThat(upstream.calls()).isEqualTo(5);
    }

    @Test
    void tellsQueriesApartByTheirBody() throws Exception {
        says("Cache-Control", "max-age=60");
        for (String body : List.of("a", "b", "a", "b")) {
            HttpRequest query = to("/q").method("QUERY", HttpRequest.BodyPublishers.ofString(body))
                    .build();
            assertThat(send(query).body()).isEqualTo("answer to " + body);
        }
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void aPrivateCacheKeepsEachCredentialsOwnAnswers() throws Exception {
        says("Cache-Control", "max-age=60, private");
        send(get("/a", "Authorization", "alice"));
        send(get("/a", "Authorization", "bob"));
        send(get("/a"));
        assertThat(upstream.calls()).isEqualTo(3);
        send(get("/a", "Authorization", "alice"));
        assertThat(upstream.calls()).isEqualTo(3);
    }

    @Test
    void aSharedCacheObeysWhatIsSaidToIt() throws Exception {
        client.close();
        client = builder().shared().build();
        says("Cache-Control", "max-age=60, private");
        send(get("/private"));
        send(get("/private"));
        assertThat(upstream.calls()).isEqualTo(2);
        says("Cache-Control", "max-age=60");
        send(get("/auth", "Authorization", "alice"));
        send(get("/auth", "Authorization", "alice"));
        assertThat(upstream.calls()).isEqualTo(4);
        says("Cache-Control", "public, max-age=60");
        send(get("/public", "Authorization", "alice"));
        send(get("/public", "Authorization", "bob"));
        assertThat(upstream.calls()).isEqualTo(5);
        says("Cache-Control", "max-age=0, s-maxage=60");
        send(get("/s"));
        send(get("/s"));
        assertThat(upstream.calls()).isEqualTo(6);
        says("Cache-Control", "no-store", "CDN-Cache-Control", "max-age=60");
        send(get("/cdn"));
        send(get("/cdn"));
        assertThat(upstream.calls()).isEqualTo(7);
    }

    /** Has the upstream answer everything with these fields. */
}
