package dev.larder.perf.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.transport.CacheRule;
import dev.larder.transport.CachingHttpClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WebSockets that are open while the client that opened them answers from its cache. */
@Timeout(120)
class WebSocketsTest {
    private static final int SOCKETS = 1000;
    private static final int MESSAGES = 3;
    private static final int CALLERS = 4;

    private final AtomicInteger nextPage = new AtomicInteger();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final CountDownLatch begun = new CountDownLatch(CALLERS);

    @Test
    void thousandStayOpenWhileHitsAndMissesGoOn() throws Exception {
        assumeThat(Descriptors.missingFor(SOCKETS + CALLERS)).isNull();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (CrowdServer server = CrowdServer.start(call -> call.answer(body(call.target())));
                CacheStore store = CacheStores.open("memory:?maxBytes=64MiB");
                CachingHttpClient client = CachingHttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .store(store)
                        .rule(CacheRule.get().ttl(Duration.ofHours(1)))
                        .build()) {
            List<Ear> ears = openAll(client, server);
            List<Future<Integer>> pages = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                pages.add(callers.submit(() -> callUntilOver(client, server)));
            }
            begun.await();

            for (int message = 0; message < MESSAGES; message++) {
                sayAll(ears, "message " + message);
            }

            isOver.set(true);
            int misses = 0;
            for (Future<Integer> each : pages) {
                misses += each.get();
            }
            // Each page was asked for twice.
            assertThat(server.calls()).isEqualTo(misses);
            sayAll(ears, "still there");
            assertThat(ears).noneMatch(ear -> ear.closed.isDone());
            closeAll(ears);
        } finally {
            callers.shutdownNow();
        }
    }

    private static List<Ear> openAll(HttpClient client, CrowdServer server) throws Exception {
        List<Ear> ears = new ArrayList<>();
        List<CompletableFuture<WebSocket>> opening = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            Ear ear = new Ear();
            ears.add(ear);
            opening.add(client.newWebSocketBuilder().buildAsync(server.uri("ws", "/socket/" + i), ear));
        }
        for (int i = 0; i < SOCKETS; i++) {
            ears.get(i).socket = opening.get(i).get();
        }
        return ears;
    }

    /** Has every socket say something, before any of them is listened to. */
    private static void sayAll(List<Ear> ears, String what) throws Exception {
        for (int i = 0; i < ears.size(); i++) {
            ears.get(i).socket().sendText(what + " of " + i, true).get();
        }
        for (int i = 0; i < ears.size(); i++) {
            assertThat(ears.get(i).heard.take()).isEqualTo(what + " of " + i);
        }
    }

    private static void closeAll(List<Ear> ears) throws Exception {
        for (Ear ear : ears) {
            ear.socket().sendClose(WebSocket.NORMAL_CLOSURE, "").get();
        }
        for (Ear ear : ears) {
            assertThat(ear.closed.get()).isEqualTo(WebSocket.NORMAL_CLOSURE);
        }
    }

    /** Asks for one page after another, each twice; returns how many there were. */
    private int callUntilOver(HttpClient client, CrowdServer server) throws Exception {
        int pages = 0;
        do {
            String path = "/pages/" + nextPage.incrementAndGet();
            HttpRequest request =
                    HttpRequest.newBuilder(server.uri("http", path)).build();
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.body()).isEqualTo("answer to " + path);
            }
            pages++;
            begun.countDown();
        } while (!isOver.get());
        return pages;
    }

    private static byte[] body(String target) {
        return ("answer to " + target).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** One socket, and what came in by it. */
    private static final class Ear implements WebSocket.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder message = new StringBuilder();
        private @Nullable WebSocket socket;

        WebSocket socket() {
            return Objects.requireNonNull(socket);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                heard.add(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
            heard.add("error: " + error);
        }
    }
}
