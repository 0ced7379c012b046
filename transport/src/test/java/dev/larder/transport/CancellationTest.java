package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Callers who give up, fail by themselves, or change who they are, while others wait; over every store. */
final class CancellationTest extends HttpTest {

    /** Sends head and first byte, waits for the gate, and sends the rest. */
    private void answerInTwoParts(Gate gate) {
        upstream.answers((exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('a');
            exchange.getResponseBody().flush();
            gate.pass();
            exchange.getResponseBody().write('b');
        });
    }

    @Test
    void aLeaderCancelledInMidBodyTakesNoFollowerWithItWhereRedirectsAreFollowed() throws Exception {
        client.close();
        client = builder(following(), CacheRule.post().ttl(TTL)).build();
        Gate gate = new Gate();
        answerInTwoParts(gate);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<HttpResponse<String>> leader = client.sendAsync(post("one"), info -> {
            begun.countDown();
            return BodyHandlers.ofString().apply(info);
        });
        gate.awaitArrival();
        begun.await();
        CompletableFuture<HttpResponse<String>> follower = follow(post("one"));
        leader.cancel(true);
        gate.open();
        assertThat(follower.get(30, TimeUnit.SECONDS).body()).isEqualTo("ab");
        assertThat(send(post("one")).body()).isEqualTo("ab");
        assertThat(upstream.calls()).isEqualTo(1);
    }

    @Test
    void aLeaderWhoseOwnHandlerFailsTakesNoFollowerWithIt() throws Exception {
        Gate gate = new Gate();
        answerInTwoParts(gate);
        CompletableFuture<HttpResponse<String>> leader = client.sendAsync(
                post("one"), info -> HttpResponse.BodySubscribers.fromSubscriber(new Failing(), done -> "never"));
        gate.awaitArrival();
        CompletableFuture<HttpResponse<String>> follower = follow(post("one"));
        gate.open();
        assertThat(follower.get(30, TimeUnit.SECONDS).body()).isEqualTo("ab");
        assertThat(send(post("one")).body()).isEqualTo("ab");
        assertThat(leader.handle((response, failure) -> "ended").get(30, TimeUnit.SECONDS))
                .isEqualTo("ended");
        assertThat(upstream.calls()).isEqualTo(1);
    }

    private static final class Failing implements Flow.Subscriber<List<ByteBuffer>> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> item) {
            if (item.stream().anyMatch(part -> part.get(part.limit() - 1) == 'b')) {
                throw new IllegalStateException("disk full");
            }
        }

        @Override
        public void onError(Throwable throwable) {}

        @Override
        public void onComplete() {}
    }

    @Test
    void followersOfAFailedLeaderGoOnWhereTheExecutorRunsInline() throws Exception {
        client.close();
        client = builder(CacheRule.post().ttl(TTL)).executor(Runnable::run).build();
        Gate gate = new Gate();
        upstream.answers((exchange, body) -> {
            if (upstream.calls() == 1) {
                gate.pass();
                Upstream.breakOff(exchange, "half");
            } else {
                Upstream.answer(exchange, 200, "whole");
            }
        });
        CompletableFuture<HttpResponse<String>> leader = CompletableFuture.supplyAsync(() -> {
            try {
                return send(post("one"));
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        gate.awaitArrival();
        CompletableFuture<HttpResponse<String>> first = follow(post("one"));
        CompletableFuture<HttpResponse<String>> second = follow(post("one"));
        gate.open();
        assertThatThrownBy(() -> leader.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(IOException.class);
        assertThat(first.get(30, TimeUnit.SECONDS).body()).isEqualTo("whole");
        assertThat(second.get(30, TimeUnit.SECONDS).body()).isEqualTo("whole");
    }

    @Test
    void cancellingARefusedAnswerOrADerivedFutureStopsTheUpstream() throws Exception {
        for (int status : new int[] {200, 500}) {
            CountDownLatch hungUp = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(1);
            upstream.answers((exchange, body) -> {
                exchange.sendResponseHeaders(status, 0);
                try {
                    while (true) {
                        exchange.getResponseBody().write(new byte[8192]);
                    }
                } catch (IOException e) {
                    hungUp.countDown();
                }
            });
            CompletableFuture<String> text = client.sendAsync(post("status " + status), info -> {
                        HttpResponse.BodySubscriber<String> subscriber =
                                BodyHandlers.ofString().apply(info);
                        begun.countDown();
                        return subscriber;
                    })
                    .thenApply(HttpResponse::body);
            begun.await();
            text.cancel(true);
            assertThat(hungUp.await(30, TimeUnit.SECONDS))
                    .as("status %s", status)
                    .isTrue();
        }
        client.close();
        assertThat(store.stats().puts()).isZero();
    }

    @Test
    void anAnswerToOtherCookiesThanThoseInTheKeyIsNotKept() throws Exception {
        CookieManager jar = new CookieManager();
        client.close();
        client = builder(CacheRule.get().ttl(TTL)).cookieHandler(jar).build();
        HttpCookie cookie = new HttpCookie("session", "alice");
        cookie.setPath("/");
        cookie.setVersion(0);
        upstream.answers((exchange, body) -> {
            jar.getCookieStore().add(upstream.uri("/"), cookie);
            Upstream.answer(exchange, 200, "for alice");
        });
        send(to("/a").build());
        jar.getCookieStore().removeAll();
        upstream.answers((exchange, body) -> Upstream.answer(exchange, 200, "for anybody"));
        assertThat(send(to("/a").build()).body()).isEqualTo("for anybody");
    }

    @Test
    void aRequestBodyThatDoesNotComeEndsInTheTimeout() {
        HttpRequest.BodyPublisher silent = new HttpRequest.BodyPublisher() {
            @Override
            public long contentLength() {
                return 3;
            }

            @Override
            public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
                subscriber.onSubscribe(new NoSubscription());
            }
        };
        HttpRequest request =
                to("/embed").POST(silent).timeout(Duration.ofMillis(50)).build();
        assertThatThrownBy(() -> send(request)).isInstanceOf(HttpTimeoutException.class);
        assertThatThrownBy(
                        () -> client.sendAsync(request, BodyHandlers.ofString()).get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(HttpTimeoutException.class);
    }
}
