package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.larder.cache.Deadline;
import dev.larder.cache.StoreCapability;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** What is answered from the cache and what is not, over every store. */
final class CachingTest extends HttpTest {

    @Test
    void answersARepeatedPostWithoutTheUpstream() throws Exception {
        HttpResponse<String> first = send(post("one"));
        HttpResponse<String> second = send(post("one"));

        assertThat(first.body()).isEqualTo("answer to one");
        assertThat(second.body()).isEqualTo("answer to one");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.uri()).isEqualTo(upstream.uri("/embed"));
        assertThat(upstream.calls()).isEqualTo(1);
        assertThat(cacheStatus(first)).isEqualTo("larder; fwd=miss; stored");
        assertThat(cacheStatus(second)).isEqualTo("larder; hit; ttl=3600");
    }

    @Test
    void answersARepeatedGetWithoutTheUpstream() throws Exception {
        send(to("/a").build());
        assertThat(send(to("/a").build()).body()).isEqualTo("answer to ");
        assertThat(send(to("/b").build()).body()).isEqualTo("answer to ");
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void answersAfterTheStoreWasReopenedAndTheUpstreamHasGone() throws Exception {
        assumeThat(store.capabilities()).contains(StoreCapability.PERSISTENT);
        send(post("one"));
        store.close();
        upstream.close();
        store = openStore();
        client = client(CacheRule.post().ttl(TTL));

        assertThat(send(post("one")).body()).isEqualTo("answer to one");
        assertThatThrownBy(() -> send(post("two"))).isInstanceOf(IOException.class);
    }

    @Test
    void tellsRequestsApartByMethodUriAndBody() throws Exception {
        send(post("one"));
        assertThat(send(post("two")).body()).isEqualTo("answer to two");
        send(to("/other").POST(HttpRequest.BodyPublishers.ofString("one")).build());
        send(to("/embed?q=1").POST(HttpRequest.BodyPublishers.ofString("one")).build());
        send(to("/embed").build());
        assertThat(upstream.calls()).isEqualTo(5);
    }

    @Test
    void takesEquivalentUrisForOne() throws Exception {
        send(to("/a").build());
        send(to("/a#part").build());
        assertThat(upstream.calls()).isEqualTo(1);
    }

    @Test
    void asksAgainWhenTheTimeIsOver() throws Exception {
        send(post("one"));
        clock.advance(TTL.minusMillis(1));
        HttpResponse<String> last = send(post("one"));
        assertThat(cacheStatus(last)).isEqualTo("larder; hit; ttl=0");
        assertThat(last.headers().firstValue("Age")).contains("3599");
        clock.advance(Duration.ofMillis(1));
        send(post("one"));
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void judgesKeptAnswersByTheRuleOfToday() throws Exception {
        send(post("one"));
        client.close();
        client = client(CacheRule.post().ttl(Duration.ofMinutes(1)));
        clock.advance(Duration.ofMinutes(2));
        send(post("one"));
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void addsTheAgeThatTheAnswerArrivedWith() throws Exception {
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Age", "100");
            Upstream.answer(exchange, 200, "old");
        });
        send(post("one"));
        clock.advance(Duration.ofSeconds(20));
        assertThat(send(post("one")).headers().allValues("Age")).containsExactly("120");
    }

    @Test
    void keepsOnlyAcceptedStatuses() throws Exception {
        upstream.answers((exchange, body) -> Upstream.answer(exchange, Integer.parseInt(body), "status " + body));
        for (String status : List.of("200", "201", "404", "500")) {
            send(post(status));
            assertThat(send(post(status)).statusCode()).isEqualTo(Integer.parseInt(status));
        }
        assertThat(upstream.calls()).isEqualTo(1 + 1 + 2 + 2);
        assertThat(cacheStatus(send(post("404")))).isEqualTo("larder; fwd=miss");

        client.close();
        client = client(CacheRule.post().ttl(TTL).statuses(404));
        send(post("404"));
        send(post("404"));
        assertThat(upstream.calls()).isEqualTo(6 + 1 + 1);
    }

    @Test
    void withoutARuleKeepsNothingThatIsNotForKeeping() throws Exception {
        client.close();
        client = client();
        HttpResponse<String> first = send(post("one"));
        send(post("one"));
        send(to("/x").build());
        HttpResponse<String> unmarked = send(to("/x").build());
        send(to("/x").method("HEAD", HttpRequest.BodyPublishers.noBody()).build());
        send(to("/x").DELETE().build());
        assertThat(upstream.calls()).isEqualTo(6);
        assertThat(cacheStatus(first)).isEqualTo("larder; fwd=method");
        assertThat(cacheStatus(unmarked)).isEqualTo("larder; fwd=miss");
        assertThat(store.stats().puts()).isZero();
    }

    @Test
    void takesTheFirstRuleThatMatches() throws Exception {
        client.close();
        client = client(
                CacheRule.post()
                        .ttl(Duration.ofMinutes(1))
                        .when(r -> r.uri().getPath().equals("/short")),
                CacheRule.post().ttl(TTL));
        send(to("/short").POST(HttpRequest.BodyPublishers.noBody()).build());
        send(to("/long").POST(HttpRequest.BodyPublishers.noBody()).build());
        clock.advance(Duration.ofMinutes(2));
        send(to("/short").POST(HttpRequest.BodyPublishers.noBody()).build());
        send(to("/long").POST(HttpRequest.BodyPublishers.noBody()).build());
        assertThat(upstream.calls()).isEqualTo(3);
    }

    @Test
    void neverSharesAnswersBetweenCredentials() throws Exception {
        for (String header :
                List.of("Authorization", "Cookie", "X-Api-Key", "api-key", "X-Auth-Token", "x-goog-api-key")) {
            int before = upstream.calls();
            send(withHeader("body", header, "alice"));
            send(withHeader("body", header, "bob"));
            send(post("body"));
            assertThat(upstream.calls() - before).as(header).isBetween(2, 3);
            send(withHeader("body", header, "alice"));
            send(withHeader("body", header, "bob"));
            assertThat(upstream.calls() - before).as(header).isBetween(2, 3);
        }
    }

    @Test
    void sharesAnswersBetweenCredentialsWhereARuleSaysSo() throws Exception {
        client.close();
        client = client(CacheRule.post().ttl(TTL).sharedAcrossCredentials());
        send(withHeader("body", "Authorization", "alice"));
        send(withHeader("body", "Authorization", "bob"));
        send(post("body"));
        assertThat(upstream.calls()).isEqualTo(1);
    }

    @Test
    void tellsCookiesApartThatTheClientAddsByItself() throws Exception {
        CookieManager cookies = new CookieManager();
        client.close();
        client = builder(CacheRule.get().ttl(TTL)).cookieHandler(cookies).build();
        HttpCookie cookie = new HttpCookie("session", "alice");
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(upstream.uri("/"), cookie);
        send(to("/a").build());
        send(to("/a").build());
        assertThat(upstream.calls()).isEqualTo(1);
        cookie.setValue("bob");
        send(to("/a").build());
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void ignoresHeadersThatDoNotMatter() throws Exception {
        send(withHeader("body", "X-Request-Id", "1"));
        send(withHeader("body", "X-Request-Id", "2"));
        send(withHeader("body", "Idempotency-Key", "3"));
        assertThat(upstream.calls()).isEqualTo(1);
    }

    @Test
    void honoursVaryOnHeadersOutsideTheKey() throws Exception {
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Vary", "X-Flavour");
            Upstream.answer(exchange, 200, "" + exchange.getRequestHeaders().getFirst("X-Flavour"));
        });
        assertThat(send(withHeader("b", "X-Flavour", "sweet")).body()).isEqualTo("sweet");
        assertThat(send(withHeader("b", "X-Flavour", "sour")).body()).isEqualTo("sour");
        assertThat(send(withHeader("b", "X-Flavour", "sour")).body()).isEqualTo("sour");
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void keepsNothingThatVariesByEverything() throws Exception {
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Vary", "Accept, *");
            Upstream.answer(exchange, 200, "x");
        });
        send(post("one"));
        send(post("one"));
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void letsRequestsThroughThatOnlyTheUpstreamCanAnswer() throws Exception {
        send(post("one"));
        for (String[] header : new String[][] {
            {"Range", "bytes=0-1"},
            {"If-None-Match", "\"a\""},
            {"Cache-Control", "no-cache"},
            {"Cache-Control", "no-store"}
        }) {
            HttpResponse<String> response = send(withHeader("one", header[0], header[1]));
            assertThat(cacheStatus(response)).startsWith("larder; fwd=request");
        }
        assertThat(upstream.calls()).isEqualTo(5);
    }

    @Test
    void neverReplaysCookiesOrHopByHopFields() throws Exception {
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Set-Cookie", "session=alice");
            exchange.getResponseHeaders().add("Connection", "X-Hop");
            exchange.getResponseHeaders().add("X-Hop", "1");
            exchange.getResponseHeaders().add("X-Kept", "1");
            exchange.getResponseHeaders().add("X-Kept", "2");
            Upstream.answer(exchange, 200, "x");
        });
        assertThat(send(post("one")).headers().map()).containsKeys("set-cookie", "x-hop", "x-kept");
        HttpResponse<String> hit = send(post("one"));
        assertThat(hit.headers().map()).doesNotContainKeys("set-cookie", "connection", "x-hop");
        assertThat(hit.headers().allValues("X-Kept")).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void keepsNothingOfTheRequest() throws Exception {
        send(withHeader("a very secret prompt", "Authorization", "Bearer secret-token"));
        client.close();
        store.flush(Deadline.never());
        List<String> kept = new ArrayList<>();
        store.scan(
                (key, entry) -> {
                    kept.add(new String(entry.metadata(), StandardCharsets.ISO_8859_1));
                    kept.add(entry.tags().toString());
                },
                Deadline.never());
        assertThat(kept).isNotEmpty().noneMatch(text -> text.contains("secret") || text.contains("/embed"));
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("secret-token");
            }
        }
    }

    @Test
    void servesEveryKindOfBodyHandlerOnMissAndHit() throws Exception {
        String expected = "answer to one";
        for (int round = 0; round < 2; round++) {
            HttpRequest request = post("one");
            assertThat(client.send(request, BodyHandlers.ofByteArray()).body())
                    .asString()
                    .isEqualTo(expected);
            try (InputStream in =
                    client.send(request, BodyHandlers.ofInputStream()).body()) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(expected);
            }
            assertThat(client.send(request, BodyHandlers.ofLines()).body()).containsExactly(expected);
            Path file = directory.resolve("body-" + round);
            assertThat(client.send(request, BodyHandlers.ofFile(file)).body()).hasContent(expected);
            assertThat(client.send(request, BodyHandlers.discarding()).body()).isNull();
            assertThat(collected(
                            client.send(request, BodyHandlers.ofPublisher()).body()))
                    .isEqualTo(expected);
            assertThat(client.send(request, BodyHandlers.buffering(BodyHandlers.ofString(), 3))
                            .body())
                    .isEqualTo(expected);
        }
        assertThat(upstream.calls()).isEqualTo(1);
    }

    private static String collected(Flow.Publisher<List<ByteBuffer>> publisher) {
        HttpResponse.BodySubscriber<String> subscriber = HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
        publisher.subscribe(subscriber);
        return subscriber.getBody().toCompletableFuture().join();
    }

    @Test
    void keepsEmptyAndLargeBodiesWhole() throws Exception {
        String large = "0123456789".repeat(100_000);
        upstream.answers((exchange, body) -> Upstream.answer(exchange, 200, body.equals("large") ? large : ""));
        for (int i = 0; i < 2; i++) {
            assertThat(send(post("large")).body()).isEqualTo(large);
            assertThat(send(post("empty")).body()).isEmpty();
        }
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void streamsBodiesOverTheLimitAndKeepsNothing() throws Exception {
        client.close();
        client = builder(CacheRule.post().ttl(TTL)).maxEntryBytes(1000).build();
        String large = "x".repeat(200_000);
        upstream.answers((exchange, body) -> {
            byte[] bytes = large.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.equals("announced") ? bytes.length : 0);
            exchange.getResponseBody().write(bytes);
        });
        for (String kind : List.of("announced", "chunked")) {
            assertThat(send(post(kind)).body()).isEqualTo(large);
            assertThat(send(post(kind)).body()).isEqualTo(large);
        }
        assertThat(upstream.calls()).isEqualTo(4);
        assertThat(eventTypes()).contains(CacheEvent.Type.NOT_STORED).doesNotContain(CacheEvent.Type.STORED);
    }

    @Test
    void keepsNothingOfABodyThatBreaksOff() throws Exception {
        upstream.answers((exchange, body) -> Upstream.breakOff(exchange, "half of it"));
        assertThatThrownBy(() -> send(post("one"))).isInstanceOf(IOException.class);
        upstream.answers((exchange, body) -> Upstream.answer(exchange, 200, "all of it"));
        assertThat(send(post("one")).body()).isEqualTo("all of it");
        assertThat(send(post("one")).body()).isEqualTo("all of it");
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void passesTheBodyOnWhileItArrives() throws Exception {
        CountDownLatch firstRead = new CountDownLatch(1);
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            firstRead.await();
            exchange.getResponseBody().write("data: 2\n\n".getBytes(StandardCharsets.UTF_8));
        });
        try (InputStream in =
                client.send(post("s"), BodyHandlers.ofInputStream()).body()) {
            assertThat(new String(in.readNBytes(9), StandardCharsets.UTF_8)).isEqualTo("data: 1\n\n");
            firstRead.countDown();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("data: 2\n\n");
        }
        assertThat(client.send(post("s"), BodyHandlers.ofLines()).body()).containsExactly("data: 1", "", "data: 2", "");
        assertThat(upstream.calls()).isEqualTo(1);
    }

    @Test
    void readsARequestBodyOnce() throws Exception {
        List<ByteBuffer> parts = List.of(ByteBuffer.wrap(bytes("o")), ByteBuffer.wrap(bytes("ne")));
        class OneShot implements HttpRequest.BodyPublisher {
            int subscriptions;

            @Override
            public long contentLength() {
                return 3;
            }

            @Override
            public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
                subscriptions++;
                Emission.emit(subscriptions == 1 ? parts : List.<ByteBuffer>of(), subscriber);
            }
        }
        OneShot body = new OneShot();
        assertThat(send(to("/embed").POST(body).build()).body()).isEqualTo("answer to one");
        assertThat(body.subscriptions).isEqualTo(1);
        assertThat(send(post("one")).body()).isEqualTo("answer to one");
        assertThat(upstream.calls()).isEqualTo(1);
    }

    @Test
    void letsRequestBodiesOfUnknownLengthOrOverTheLimitThrough() throws Exception {
        client.close();
        client = builder(CacheRule.post().ttl(TTL)).maxRequestBytes(10).build();
        for (int i = 0; i < 2; i++) {
            HttpRequest streamed = to("/embed")
                    .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes("s"))))
                    .build();
            assertThat(send(streamed).body()).isEqualTo("answer to s");
            assertThat(send(post("more than ten bytes")).body()).isEqualTo("answer to more than ten bytes");
        }
        assertThat(upstream.calls()).isEqualTo(4);
    }

    @Test
    void keepsNoAnswerThatTheDelegateWasRedirectedTo() throws Exception {
        client.close();
        client = builder(following(), CacheRule.get().ttl(TTL)).build();
        upstream.answers((exchange, body) -> {
            if (exchange.getRequestURI().getPath().equals("/from")) {
                exchange.getResponseHeaders().add("Location", "/to");
                Upstream.answer(exchange, 302, "");
            } else {
                Upstream.answer(exchange, 200, "there");
            }
        });
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> response = send(to("/from").build());
            assertThat(response.body()).isEqualTo("there");
            assertThat(response.uri()).isEqualTo(upstream.uri("/to"));
            assertThat(cacheStatus(response)).isEqualTo("larder; fwd=miss");
        }
        assertThat(upstream.calls()).isEqualTo(4);
        send(to("/to").build());
        send(to("/to").build());
        assertThat(upstream.calls()).isEqualTo(5);
    }

    @Test
    void worksAsynchronously() {
        CompletableFuture<HttpResponse<String>> first = client.sendAsync(post("one"), BodyHandlers.ofString());
        assertThat(first.join().body()).isEqualTo("answer to one");
        assertThat(client.sendAsync(post("one"), BodyHandlers.ofString()).join().body())
                .isEqualTo("answer to one");
        assertThat(upstream.calls()).isEqualTo(1);
    }

    @Test
    void completesFuturesOnTheClientsThreads() {
        client.sendAsync(post("one"), BodyHandlers.ofString()).join();
        var names = client.sendAsync(post("one"), BodyHandlers.ofString())
                .thenApply(response -> Thread.currentThread().getName())
                .join();
        assertThat(names).doesNotContainIgnoringCase("sqlite").doesNotContain("larder-store");
    }

    @Test
    void tellsTheListenerWhatHappened() throws Exception {
        send(post("one"));
        client.close();
        client = client(CacheRule.post().ttl(TTL));
        send(post("one"));
        assertThat(eventTypes()).containsExactly(CacheEvent.Type.MISS, CacheEvent.Type.STORED, CacheEvent.Type.HIT);
        assertThat(events).allSatisfy(event -> assertThat(event.key()).isNotNull());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private HttpRequest withHeader(String body, String name, String value) {
        return to("/embed")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header(name, value)
                .build();
    }
}
