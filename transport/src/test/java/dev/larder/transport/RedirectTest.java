package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redirects that are followed above the cache, beside a bare client that follows them, over every store. */
final class RedirectTest extends HttpTest {
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final HttpClient bare = following();

    @BeforeEach
    void followRedirects() {
        client.close();
        client = builder().followRedirects(HttpClient.Redirect.NORMAL).build();
        upstream.answers((exchange, body) -> answer(exchange, body));
    }

    @Test
    void followsAsABareClientDoes() throws Exception {
        for (String path : List.of("/301", "/302", "/303", "/307", "/308", "/300", "/304", "/305", "/399", "/loop/0")) {
            for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE")) {
                HttpRequest request = request(method, path);
                asked.clear();
                List<String> expected = chain(bare.send(request, BodyHandlers.ofString()));
                List<String> expectedCalls = List.copyOf(asked);
                asked.clear();
                assertThat(chain(send(request))).as(method + path).isEqualTo(expected);
                assertThat(asked).as(method + path).isEqualTo(expectedCalls);
                asked.clear();
                assertThat(chain(client.sendAsync(request, BodyHandlers.ofString())
                                .join()))
                        .as(method + path)
                        .isEqualTo(expected);
                assertThat(asked).as(method + path).isEqualTo(expectedCalls);
            }
        }
    }

    @Test
    void failsWhereABareClientDoes() throws Exception {
        for (String path : List.of("/nowhere", "/broken")) {
            HttpRequest request = request("GET", path);
            assertThatThrownBy(() -> bare.send(request, BodyHandlers.ofString()))
                    .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
            assertThatThrownBy(() -> send(request)).isInstanceOf(IOException.class);
            assertThatThrownBy(() ->
                            client.sendAsync(request, BodyHandlers.ofString()).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void answersAKeptRedirectAndKeepsWhatItLeadsTo() throws Exception {
        for (String path : List.of("/301?kept", "/308?kept", "/302?kept", "/307?kept")) {
            HttpResponse<String> first = send(to(path).build());
            assertThat(first.body()).isEqualTo("end GET");
            int before = upstream.calls();
            HttpResponse<String> again = send(to(path).build());
            assertThat(upstream.calls()).as(path).isEqualTo(before);
            assertThat(again.body()).isEqualTo("end GET");
            assertThat(again.uri()).isEqualTo(upstream.uri("/end?kept"));
            assertThat(again.request().uri()).isEqualTo(again.uri());
            assertThat(cacheStatus(again)).startsWith("larder; hit");
            HttpResponse<String> previous = again.previousResponse().orElseThrow();
            assertThat(previous.body()).isNull();
            assertThat(cacheStatus(previous)).startsWith("larder; hit");
            assertThat(previous.uri()).isEqualTo(upstream.uri(path));
        }
        assertThat(send(to("/end?kept").build()).body()).isEqualTo("end GET");
        assertThat(upstream.calls()).isEqualTo(5);
    }

    @Test
    void keepsATargetWithoutItsRedirect() throws Exception {
        client.close();
        client = builder(CacheRule.get().ttl(TTL))
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        send(to("/302").build());
        HttpResponse<String> again = send(to("/302").build());
        assertThat(cacheStatus(again)).startsWith("larder; hit");
        assertThat(upstream.calls()).isEqualTo(3);
        assertThat(client.followRedirects()).isEqualTo(HttpClient.Redirect.ALWAYS);
        assertThat(client.refresh().followRedirects()).isEqualTo(HttpClient.Redirect.ALWAYS);
        assertThat(client.bypass()
                        .send(to("/302").build(), BodyHandlers.ofString())
                        .body())
                .isEqualTo("end GET");
    }

    @Test
    void tellsNoOtherOriginWhoAsks() throws Exception {
        try (Upstream other = new Upstream()) {
            other.answers((exchange, body) -> answer(exchange, body));
            upstream.answers((exchange, body) -> {
                exchange.getResponseHeaders().add("Location", other.uri("/end").toString());
                Upstream.answer(exchange, 302, "");
            });
            asked.clear();
            HttpRequest request =
                    to("/a").headers("Authorization", "me", "X-A", "1").build();
            assertThat(send(request).body()).isEqualTo("end GET");
            assertThat(asked).containsExactly("GET /end X-A=1 Authorization=null ");
        }
    }

    @Test
    void sendsTheCookiesThatARedirectHasSet() throws Exception {
        client.close();
        CookieManager cookies = new CookieManager();
        client = builder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        upstream.answers((exchange, body) -> {
            boolean first = exchange.getRequestURI().getPath().equals("/a");
            if (first) {
                exchange.getResponseHeaders().add("Set-Cookie", "c=1");
                exchange.getResponseHeaders().add("Location", "/b");
            }
            Upstream.answer(
                    exchange,
                    first ? 302 : 200,
                    "" + exchange.getRequestHeaders().getFirst("Cookie"));
        });
        assertThat(send(to("/a").build()).body()).isEqualTo("c=1");
        assertThat(cookies.getCookieStore().getCookies()).hasSize(1);
    }

    @Test
    void aCancelledCallFollowsNoMore() throws Exception {
        Gate gate = new Gate();
        upstream.answers((exchange, body) -> {
            if (exchange.getRequestURI().getPath().equals("/b")) {
                gate.pass();
            }
            exchange.getResponseHeaders().add("Location", "/b");
            Upstream.answer(exchange, 302, "");
        });
        CompletableFuture<HttpResponse<String>> call = client.sendAsync(to("/a").build(), BodyHandlers.ofString());
        gate.awaitArrival();
        call.cancel(true);
        gate.open();
        assertThat(call).isCancelled();
        client.close();
        assertThat(upstream.calls()).isEqualTo(2);
    }

    /** Answers as the path says, with a redirect to the next of a chain, or to the end. */
    private void answer(HttpExchange exchange, String body) throws IOException {
        Map<String, List<String>> headers = exchange.getRequestHeaders();
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        asked.add(method + " " + exchange.getRequestURI() + " X-A=" + first(headers, "X-a") + " Authorization="
                + first(headers, "Authorization") + " " + body);
        String query = exchange.getRequestURI().getRawQuery();
        if (query != null) {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
        }
        if (path.equals("/end")) {
            Upstream.answer(exchange, 200, "end " + method);
            return;
        }
        if (path.startsWith("/loop/")) {
            exchange.getResponseHeaders().add("Location", Integer.toString(Integer.parseInt(path.substring(6)) + 1));
            Upstream.answer(exchange, 302, "again");
            return;
        }
        if (!path.equals("/nowhere")) {
            String target = "/end" + (query == null ? "" : "?" + query);
            exchange.getResponseHeaders().add("Location", path.equals("/broken") ? "http://[" : target);
        }
        Upstream.answer(exchange, path.matches("/\\d+") ? Integer.parseInt(path.substring(1)) : 302, "");
    }

    private static String first(Map<String, List<String>> headers, String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    /** Returns what a caller can tell of a response and of those before it. */
    private static List<String> chain(HttpResponse<String> last) {
        List<String> chain = new ArrayList<>();
        for (Optional<HttpResponse<String>> next = Optional.of(last);
                next.isPresent();
                next = next.get().previousResponse()) {
            HttpResponse<String> response = next.get();
            HttpRequest request = response.request();
            chain.add(response.statusCode() + " " + response.body() + " " + response.uri() + " "
                    + response.headers().firstValue("Location") + " " + request.method() + " " + request.uri() + " "
                    + request.headers().map() + " "
                    + request.bodyPublisher()
                            .map(HttpRequest.BodyPublisher::contentLength)
                            .orElse(0L));
        }
        return chain;
    }

    private HttpRequest request(String method, String path) {
        HttpRequest.BodyPublisher body = method.startsWith("P")
                ? HttpRequest.BodyPublishers.ofString("body")
                : HttpRequest.BodyPublishers.noBody();
        return to(path).headers("X-A", "1", "Authorization", "me")
                .method(method, body)
                .build();
    }
}
