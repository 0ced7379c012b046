package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client as a {@code HttpClient} and as a {@code HttpClient.Builder}: delegation, refusals, life cycle. */
@Timeout(60)
final class ClientFaceTest {
    private final CacheStore store = CacheStores.open("memory:");
    private final CacheRule rule = CacheRule.get().ttl(Duration.ofHours(1));

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void passesWhatABuilderWasToldToTheDelegate() {
        Authenticator authenticator = new Authenticator() {};
        HttpClient.Builder builder = CachingHttpClient.newBuilder()
                .store(store)
                .connectTimeout(Duration.ofSeconds(3))
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .version(HttpClient.Version.HTTP_1_1)
                .authenticator(authenticator)
                .priority(5);
        HttpClient client = builder.build();
        assertThat(client.connectTimeout()).contains(Duration.ofSeconds(3));
        assertThat(client.followRedirects()).isEqualTo(HttpClient.Redirect.ALWAYS);
        assertThat(client.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(client.authenticator()).contains(authenticator);
        assertThat(client.cookieHandler()).isEmpty();
        assertThat(client.proxy()).isEmpty();
        assertThat(client.executor()).isEmpty();
        assertThat(client.sslContext()).isNotNull();
        assertThat(client.sslParameters()).isNotNull();
    }

    @Test
    void leavesADelegateThatExistsAsItIs() {
        HttpClient delegate =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(4)).build();
        CachingHttpClient.Builder builder =
                CachingHttpClient.newBuilder(delegate).store(store);
        assertThat(builder.build().connectTimeout()).contains(Duration.ofSeconds(4));
        assertThatThrownBy(() -> builder.connectTimeout(Duration.ofSeconds(5)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("newBuilder");
    }

    @Test
    void refusesBadValuesInTheirSetters() {
        CachingHttpClient.Builder builder = CachingHttpClient.newBuilder();
        assertThatThrownBy(() -> builder.cacheBudget(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.cacheBudget(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxEntryBytes(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxRequestBytes(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.rule(CacheRule.post()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ttl");
        assertThatThrownBy(() -> builder.store(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("store");
        assertThatThrownBy(() -> CacheRule.post().ttl(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CacheRule.post().ttl(Duration.ofDays(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CacheRule.post().statuses()).isInstanceOf(IllegalArgumentException.class);
        for (int status : new int[] {0, 100, 199, 206, 304, 600}) {
            assertThatThrownBy(() -> CacheRule.post().statuses(status))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("" + status);
        }
    }

    @Test
    void refusesMissingArgumentsAsABareClientDoes() {
        CachingHttpClient client = CachingHttpClient.newBuilder().store(store).build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://localhost/")).build();
        assertThatThrownBy(() -> client.send(null, BodyHandlers.discarding())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> client.send(request, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> client.sendAsync(request, null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void sendsPushPromisesPastTheCache() {
        try (Upstream upstream = new Upstream()) {
            CachingHttpClient client =
                    CachingHttpClient.newBuilder().store(store).rule(rule).build();
            HttpRequest request = HttpRequest.newBuilder(upstream.uri("/")).build();
            HttpResponse.PushPromiseHandler<String> pushes = (initiating, promised, acceptor) -> {};
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> response = client.sendAsync(request, BodyHandlers.ofString(), pushes)
                        .join();
                assertThat(response.headers().firstValue("Cache-Status"))
                        .contains("larder; fwd=bypass; detail=\"push promises\"");
            }
            assertThat(upstream.calls()).isEqualTo(2);
        }
    }

    @Test
    void appendsToTheCacheStatusOfCachesUpstream() throws Exception {
        try (Upstream upstream = new Upstream()) {
            upstream.answers((exchange, body) -> {
                exchange.getResponseHeaders().add("Cache-Status", "cdn; hit");
                Upstream.answer(exchange, 200, "x");
            });
            CachingHttpClient client =
                    CachingHttpClient.newBuilder().store(store).rule(rule).build();
            HttpRequest request = HttpRequest.newBuilder(upstream.uri("/")).build();
            assertThat(client.send(request, BodyHandlers.discarding()).headers().allValues("cache-status"))
                    .containsExactly("cdn; hit", "larder; fwd=miss; stored");
        }
    }

    @Test
    void opensWebSocketsThroughTheDelegate() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // A thread of its own: on two cores the common pool has one, and from JDK 25 on the client needs it.
            CompletableFuture<String> upgrade = new CompletableFuture<>();
            new Thread(() -> upgrade.complete(headOfRequest(server))).start();
            CachingHttpClient client =
                    CachingHttpClient.newBuilder().store(store).build();
            CompletableFuture<WebSocket> socket = client.newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/chat"),
                            new WebSocket.Listener() {});
            assertThat(upgrade.get(30, TimeUnit.SECONDS))
                    .startsWith("GET /chat HTTP/1.1")
                    .containsIgnoringCase("upgrade: websocket");
            socket.cancel(true);
        }
    }

    /** Reads the head of one request (RFC 6455 §4.1), and hangs up. */
    private static String headOfRequest(ServerSocket server) {
        try (Socket socket = server.accept()) {
            StringBuilder head = new StringBuilder();
            int next = socket.getInputStream().read();
            while (next >= 0 && head.indexOf("\r\n\r\n") < 0) {
                head.append((char) next);
                next = head.indexOf("\r\n\r\n") < 0 ? socket.getInputStream().read() : -1;
            }
            return head.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void endsAsTheJdkLetsItEnd() throws Exception {
        try (Upstream upstream = new Upstream()) {
            CachingHttpClient client =
                    CachingHttpClient.newBuilder().store(store).rule(rule).build();
            HttpRequest request = HttpRequest.newBuilder(upstream.uri("/")).build();
            client.send(request, BodyHandlers.discarding());
            client.shutdown();
            assertThat(client.awaitTermination(Duration.ofSeconds(30))).isTrue();
            boolean clientsEnd = Runtime.version().feature() >= 21;
            assertThat(client.isTerminated()).isEqualTo(clientsEnd);
            client.shutdownNow();
            client.close();
            client.close();
            assertThat(store.stats().puts()).isEqualTo(1);
        }
    }

    @Test
    void bindsALocalAddressWhereTheJdkCan() {
        CachingHttpClient.Builder builder = CachingHttpClient.newBuilder().store(store);
        if (Runtime.version().feature() >= 19) {
            assertThat(builder.localAddress(InetAddress.getLoopbackAddress()).build())
                    .isNotNull();
        } else {
            assertThatThrownBy(() -> builder.localAddress(InetAddress.getLoopbackAddress()))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
