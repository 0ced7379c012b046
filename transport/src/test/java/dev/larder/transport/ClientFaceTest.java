package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import java.io.InputStream;
import java.io.OutputStream;
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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    void opensWebSockets() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> greet(server));
            CachingHttpClient client =
                    CachingHttpClient.newBuilder().store(store).build();
            CompletableFuture<String> greeting = new CompletableFuture<>();
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://localhost:" + server.getLocalPort() + "/"), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
                            greeting.complete(text.toString());
                            return null;
                        }
                    })
                    .join();
            assertThat(greeting.get(30, TimeUnit.SECONDS)).isEqualTo("hello");
            var unused = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
            served.get(30, TimeUnit.SECONDS);
        }
    }

    /** The server's side of RFC 6455 §4.2.2 and one text frame. */
    private static void greet(ServerSocket server) {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            String key = head.toString().replaceAll("(?is).*sec-websocket-key: ([^\r]*)\r.*", "$1");
            String accept = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                    .getBytes(StandardCharsets.US_ASCII)));
            OutputStream out = socket.getOutputStream();
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[] {(byte) 0x81, 5, 'h', 'e', 'l', 'l', 'o'});
            out.flush();
            assertThat(in.read()).as("the first byte of a close frame").isEqualTo(0x88);
        } catch (Exception e) {
            throw new AssertionError(e);
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
