package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls for the same answer at the same time, over every store. */
final class CoalescingTest extends HttpTest {
    private static final int CALLERS = 32;

    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void stopCallers() {
        callers.shutdownNow();
    }

    @Test
    void manyCallersOfOneColdPostCostOneCall() throws Exception {
        for (int round = 0; round < 10; round++) {
            HttpRequest request = post("round " + round);
            for (Future<HttpResponse<String>> response : sendAtOnce(request)) {
                assertThat(response.get().body()).isEqualTo("answer to round " + round);
            }
            assertThat(upstream.calls()).isEqualTo(round + 1);
        }
    }

    @Test
    void manyAsynchronousCallersOfOneColdPostCostOneCall() throws Exception {
        for (int round = 0; round < 10; round++) {
            List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                responses.add(client.sendAsync(post("round " + round), BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> response : responses) {
                assertThat(response.join().body()).isEqualTo("answer to round " + round);
            }
            assertThat(upstream.calls()).isEqualTo(round + 1);
        }
    }

    @Test
    void followersSayThatTheyWereCollapsed() throws Exception {
        Gate gate = new Gate();
        upstream.answers((exchange, body) -> {
            gate.pass();
            Upstream.answer(exchange, 200, "x");
        });
        CompletableFuture<HttpResponse<String>> leader = client.sendAsync(post("one"), BodyHandlers.ofString());
        gate.awaitArrival();
        CompletableFuture<HttpResponse<String>> follower = follow(post("one"));
        gate.open();
        assertThat(cacheStatus(leader.join())).isEqualTo("larder; fwd=miss; stored");
        assertThat(cacheStatus(follower.join())).isEqualTo("larder; fwd=miss; collapsed");
        assertThat(eventTypes()).contains(CacheEvent.Type.COALESCED);
    }

    @Test
    void aStatusThatIsNotKeptIsSharedWithNobody() throws Exception {
        upstream.answers((exchange, body) -> Upstream.answer(exchange, 500, "sorry"));
        for (Future<HttpResponse<String>> response : sendAtOnce(post("one"))) {
            assertThat(response.get().statusCode()).isEqualTo(500);
        }
        assertThat(store.stats().puts()).isZero();
        assertThat(upstream.calls()).isEqualTo(CALLERS);
    }

    @Test
    void whenTheCallFailsNobodyHangsAndNothingIsKept() throws Exception {
        upstream.answers((exchange, body) -> Upstream.breakOff(exchange, "half"));
        for (Future<HttpResponse<String>> response : sendAtOnce(post("one"))) {
            assertThatThrownBy(response::get).hasCauseInstanceOf(IOException.class);
        }
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            responses.add(client.sendAsync(post("two"), BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> response : responses) {
            assertThatThrownBy(response::get).hasCauseInstanceOf(IOException.class);
        }
        client.close();
        assertThat(store.stats().puts()).isZero();
    }

    @Test
    void oneFollowerTriesAgainForAllWhenTheLeaderFails() throws Exception {
        Gate gate = new Gate();
        upstream.answers((exchange, body) -> {
            if (upstream.calls() == 1) {
                gate.pass();
                Upstream.breakOff(exchange, "half");
            } else {
                Upstream.answer(exchange, 200, "whole");
            }
        });
        CompletableFuture<HttpResponse<String>> leader = client.sendAsync(post("one"), BodyHandlers.ofString());
        gate.awaitArrival();
        List<CompletableFuture<HttpResponse<String>>> followers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            followers.add(follow(post("one")));
        }
        gate.open();
        assertThatThrownBy(leader::get).hasCauseInstanceOf(IOException.class);
        for (CompletableFuture<HttpResponse<String>> follower : followers) {
            assertThat(follower.join().body()).isEqualTo("whole");
        }
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void aCancelledLeaderTakesNoFollowerWithIt() throws Exception {
        Gate gate = new Gate();
        upstream.answers((exchange, body) -> {
            gate.pass();
            Upstream.answer(exchange, 200, "x");
        });
        CompletableFuture<HttpResponse<String>> leader = client.sendAsync(post("one"), BodyHandlers.ofString());
        gate.awaitArrival();
        CompletableFuture<HttpResponse<String>> follower = follow(post("one"));
        leader.cancel(true);
        gate.open();
        assertThat(follower.join().body()).isEqualTo("x");
        assertThat(leader).isCancelled();
        assertThat(upstream.calls()).isEqualTo(1);
    }

    @Test
    void anInterruptedLeaderHandsOver() throws Exception {
        Gate gate = new Gate();
        upstream.answers((exchange, body) -> {
            gate.pass();
            Upstream.answer(exchange, 200, "x");
        });
        Future<HttpResponse<String>> leader = callers.submit(() -> send(post("one")));
        gate.awaitArrival();
        CompletableFuture<HttpResponse<String>> follower = follow(post("one"));
        leader.cancel(true);
        gate.open();
        assertThat(follower.join().body()).isEqualTo("x");
        assertThat(upstream.calls()).isBetween(1, 2);
    }

    @Test
    void aCallThatEverybodyCancelledKeepsNothing() throws Exception {
        // Whether the connection is closed is the delegate's affair: JDK 25 now and then reads on to the end.
        Gate gate = new Gate();
        CountDownLatch over = new CountDownLatch(1);
        upstream.answers((exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            gate.pass();
            try {
                exchange.getResponseBody().write(new byte[8192]);
                exchange.close();
            } finally {
                over.countDown();
            }
        });
        CompletableFuture<HttpResponse<String>> only = client.sendAsync(post("one"), BodyHandlers.ofString());
        gate.awaitArrival();
        only.cancel(true);
        gate.open();
        over.await();
        upstream.answers((exchange, body) -> Upstream.answer(exchange, 200, "another"));
        assertThat(send(post("one")).body()).isEqualTo("another");
        client.close();
        assertThat(store.stats().puts()).isEqualTo(1);
    }

    @Test
    void aCallThatIsCancelledWhileItsHandlerRunsIsGivenUp() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        upstream.answers((exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (true) {
                    exchange.getResponseBody().write(new byte[8192]);
                }
            } catch (IOException e) {
                hungUp.countDown();
            }
        });
        Gate handler = new Gate();
        CompletableFuture<HttpResponse<String>> only = client.sendAsync(post("one"), info -> {
            try {
                handler.pass();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
        });
        handler.awaitArrival();
        only.cancel(true);
        handler.open();
        hungUp.await();
        client.close();
        assertThat(store.stats().puts()).isZero();
    }

    @Test
    void aReaderThatStopsEarlyCancelsTheCall() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        upstream.answers((exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (true) {
                    exchange.getResponseBody().write(new byte[8192]);
                }
            } catch (IOException e) {
                hungUp.countDown();
            }
        });
        try (InputStream in =
                client.send(post("one"), BodyHandlers.ofInputStream()).body()) {
            assertThat(in.readNBytes(10)).hasSize(10);
        }
        hungUp.await();
        client.close();
        assertThat(store.stats().puts()).isZero();
    }

    @Test
    void followersDoNotWaitForALeaderWhoDoesNotRead() throws Exception {
        upstream.answers((exchange, body) -> {
            byte[] bytes = "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(bytes);
        });
        try (InputStream unread =
                client.send(post("one"), BodyHandlers.ofInputStream()).body()) {
            assertThat(send(post("one")).body()).hasSize(1_000_000);
            assertThat(unread.readAllBytes()).hasSize(1_000_000);
        }
        assertThat(upstream.calls()).isEqualTo(1);
    }

    @Test
    void aFollowerWaitsNoLongerThanItsOwnTimeout() throws Exception {
        Gate gate = new Gate();
        upstream.answers((exchange, body) -> {
            gate.pass();
            Upstream.answer(exchange, 200, "x");
        });
        CompletableFuture<HttpResponse<String>> leader = client.sendAsync(post("one"), BodyHandlers.ofString());
        gate.awaitArrival();
        HttpRequest hasty = HttpRequest.newBuilder(post("one"), (name, value) -> true)
                .timeout(Duration.ofMillis(50))
                .build();
        assertThatThrownBy(() -> send(hasty)).isInstanceOf(HttpTimeoutException.class);
        assertThatThrownBy(
                        () -> client.sendAsync(hasty, BodyHandlers.ofString()).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(HttpTimeoutException.class);
        gate.open();
        assertThat(leader.join().body()).isEqualTo("x");
        assertThat(upstream.calls()).isEqualTo(1);
    }

    private List<Future<HttpResponse<String>>> sendAtOnce(HttpRequest request) {
        CyclicBarrier start = new CyclicBarrier(CALLERS);
        List<Future<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            responses.add(callers.submit(() -> {
                start.await();
                return send(request);
            }));
        }
        return responses;
    }
}
