package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What rules decide, and what they add to HTTP, through a real upstream and store. */
final class RulesTest extends HttpTest {
    private static final CacheRule GET = CacheRule.get().ttl(TTL);

    @Test
    void theFirstRuleThatCoversARequestDecides() throws Exception {
        rules(CacheRule.any().path("/v1/private/**").forbid(), GET.path("/v1/**"));
        assertThat(cacheStatusOfSecond("/v1/a")).startsWith("larder; hit");
        assertThat(cacheStatusOfSecond("/v1/private/a")).isEqualTo("larder; fwd=bypass; detail=\"a rule forbids it\"");
        assertThat(cacheStatusOfSecond("/v2/a")).isEqualTo("larder; fwd=miss");
    }

    @Test
    void coversByHostAndType() throws Exception {
        rules(
                CacheRule.post().host("elsewhere.example").ttl(TTL).statuses(404),
                CacheRule.post()
                        .host("localhost")
                        .requestType("application/json")
                        .ttl(TTL));
        HttpRequest json = to("/a").header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        send(json);
        assertThat(cacheStatus(send(json))).startsWith("larder; hit");
        send(post("no type"));
        assertThat(cacheStatus(send(post("no type")))).isEqualTo("larder; fwd=method");
    }

    @Test
    void keepsEachStatusForItsTime() throws Exception {
        rules(CacheRule.get().ttl(TTL).ttl(404, Duration.ofSeconds(10)));
        says(404);
        assertThat(cacheStatusOfSecond("/a")).isEqualTo("larder; hit; ttl=10");
        clock.advance(Duration.ofSeconds(10));
        says(200);
        assertThat(send(get("/a")).statusCode()).isEqualTo(200);
        assertThat(cacheStatus(send(get("/a")))).isEqualTo("larder; hit; ttl=3600");
        says(500);
        assertThat(cacheStatusOfSecond("/b")).isEqualTo("larder; fwd=miss");
    }

    @Test
    void keepsOneStatusByRuleAndTheOthersByHttp() throws Exception {
        rules(CacheRule.get().byHttp().ttl(404, Duration.ofSeconds(10)));
        says(404, "Cache-Control", "no-store", "Age", "100");
        assertThat(cacheStatusOfSecond("/a")).isEqualTo("larder; hit; ttl=10");
        says(200, "Cache-Control", "no-store");
        assertThat(cacheStatusOfSecond("/b")).isEqualTo("larder; fwd=miss");
        says(200, "Cache-Control", "max-age=60");
        assertThat(cacheStatusOfSecond("/c")).isEqualTo("larder; hit; ttl=60");
    }

    @Test
    void fillsInWhatAResponseLeavesOpen() throws Exception {
        rules(CacheRule.get().defaultTtl(Duration.ofSeconds(30)));
        says(200, "Age", "5");
        assertThat(cacheStatusOfSecond("/open")).isEqualTo("larder; hit; ttl=30");
        says(200, "Cache-Control", "max-age=60");
        assertThat(cacheStatusOfSecond("/said")).isEqualTo("larder; hit; ttl=60");
        says(200, "Cache-Control", "no-store");
        assertThat(cacheStatusOfSecond("/no-store")).isEqualTo("larder; fwd=miss");
        says(200, "Cache-Control", "no-cache");
        assertThat(cacheStatusOfSecond("/no-cache")).contains("fwd=");
        says(500);
        assertThat(cacheStatusOfSecond("/error")).isEqualTo("larder; fwd=miss");
    }

    @Test
    void servesStaleWhileAskingAgain() throws Exception {
        rules(CacheRule.post().ttl(Duration.ofSeconds(10)).staleWhileRevalidate(Duration.ofSeconds(60)));
        upstream.answers((exchange, body) -> Upstream.answer(exchange, 200, "answer " + upstream.calls()));
        send(post("a"));
        clock.advance(Duration.ofSeconds(20));
        Gate gate = new Gate();
        upstream.answers((exchange, body) -> {
            gate.pass();
            Upstream.answer(exchange, 200, "answer " + upstream.calls());
        });
        HttpResponse<String> stale = send(post("a"));
        assertThat(stale.body()).isEqualTo("answer 1");
        assertThat(cacheStatus(stale)).isEqualTo("larder; hit; ttl=-10");
        gate.awaitArrival();
        gate.open();
        // A caller who puts up with nothing stale follows the call that is under way, or comes after it.
        assertThat(send(post("a", "Cache-Control", "max-age=1")).body()).isEqualTo("answer 2");
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void servesStaleInsteadOfAnErrorAndNotForLonger() throws Exception {
        rules(CacheRule.post().ttl(Duration.ofSeconds(10)).staleIfError(Duration.ofSeconds(60)));
        send(post("a"));
        says(503);
        clock.advance(Duration.ofSeconds(30));
        HttpResponse<String> stale = send(post("a"));
        assertThat(stale.statusCode()).isEqualTo(200);
        assertThat(stale.body()).isEqualTo("answer to a");
        assertThat(cacheStatus(stale)).isEqualTo("larder; hit; fwd=stale; fwd-status=503; detail=\"stale-if-error\"");
        clock.advance(Duration.ofSeconds(40));
        assertThat(send(post("a")).statusCode()).isEqualTo(503);
    }

    @Test
    void addsStaleWindowsToWhatHttpKeeps() throws Exception {
        rules(CacheRule.get().byHttp().staleIfError(Duration.ofSeconds(60)));
        says(200, "Cache-Control", "max-age=10");
        send(get("/a"));
        says(200, "Cache-Control", "max-age=10, must-revalidate");
        send(get("/strict"));
        says(503);
        clock.advance(Duration.ofSeconds(30));
        assertThat(send(get("/a")).statusCode()).isEqualTo(200);
        assertThat(send(get("/strict")).statusCode()).isEqualTo(503);
    }

    @Test
    void keepsOnlyTheTypesAndSizesNamed() throws Exception {
        rules(GET.responseType("application/json", "text/*").maxEntryBytes(20));
        says(200, "Content-Type", "Application/JSON;charset=utf-8");
        assertThat(cacheStatusOfSecond("/json")).startsWith("larder; hit");
        says(200, "Content-Type", "text/csv");
        assertThat(cacheStatusOfSecond("/csv")).startsWith("larder; hit");
        says(200, "Content-Type", "image/png");
        assertThat(cacheStatusOfSecond("/png")).isEqualTo("larder; fwd=miss");
        says(200);
        assertThat(cacheStatusOfSecond("/none")).isEqualTo("larder; fwd=miss");
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            Upstream.answer(exchange, 200, "x".repeat(21));
        });
        assertThat(cacheStatusOfSecond("/large")).isEqualTo("larder; fwd=miss");
    }

    @Test
    void replaysCookiesOnlyIfARuleSaysSo() throws Exception {
        rules(GET.path("/with").keepSetCookie(), GET);
        says(200, "Set-Cookie", "a=b");
        send(get("/with"));
        send(get("/without"));
        assertThat(send(get("/with")).headers().firstValue("Set-Cookie")).contains("a=b");
        assertThat(send(get("/without")).headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void sharesAcrossCredentialsWhereHttpDecides() throws Exception {
        rules(CacheRule.get().path("/shared").byHttp().sharedAcrossCredentials());
        says(200, "Cache-Control", "max-age=60");
        send(get("/shared", "Authorization", "one"));
        assertThat(cacheStatus(send(get("/shared", "Authorization", "two")))).startsWith("larder; hit");
        send(get("/own", "Authorization", "one"));
        assertThat(cacheStatus(send(get("/own", "Authorization", "two")))).isEqualTo("larder; fwd=miss; stored");
    }

    @Test
    void keepsNothingWhoseTagsCannotBeTold() throws Exception {
        rules(
                GET.path("/throws").tagsOf(request -> {
                    throw new IllegalStateException("a user's mistake");
                }),
                GET.tagsOf(request -> Set.of("")));
        assertThat(cacheStatusOfSecond("/throws")).isEqualTo("larder; fwd=miss");
        assertThat(cacheStatusOfSecond("/empty")).isEqualTo("larder; fwd=miss");
        assertThat(events).anyMatch(event -> event.reason().equals("the tags of a rule failed"));
    }

    @Test
    void takesJsonThatSaysTheSameForTheSame() throws Exception {
        rules(
                CacheRule.post().path("/all").ttl(TTL).jsonBody(),
                CacheRule.post().ttl(TTL).jsonBody("user", "meta.trace"));
        send(json("/embed", "{\"a\":1.0,\"user\":\"x\",\"meta\":{\"trace\":1,\"b\":[]}}"));
        HttpResponse<String> same = send(json("/embed", "{ \"meta\": {\"b\": [ ]}, \"a\" : 1 }"));
        assertThat(cacheStatus(same)).startsWith("larder; hit");
        assertThat(same.body()).contains("1.0");
        for (String other : List.of("{\"a\":2,\"meta\":{\"b\":[]}}", "{\"a\":1}", "{\"a\":1", "")) {
            assertThat(cacheStatus(send(json("/embed", other)))).as(other).startsWith("larder; fwd=miss");
        }
        assertThat(cacheStatus(send(json("/embed", "{\"a\":1")))).startsWith("larder; hit");
        assertThat(cacheStatus(send(json("/embed", "{\"a\" :1")))).startsWith("larder; fwd=miss");
        send(json("/all", "{\"user\":1}"));
        assertThat(cacheStatus(send(json("/all", "{}")))).startsWith("larder; fwd=miss");
        assertThat(client.explain(json("/embed", "{}")).keyParts())
                .contains(new Explanation.KeyPart("body as", "canonical JSON without meta.trace,user"));
    }

    private HttpRequest json(String path, String body) {
        return to(path).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    @Test
    void aViewPutsARuleInFront() throws Exception {
        says(200, "Cache-Control", "no-store");
        rules();
        CachingHttpClient view = client.with(GET);
        assertThat(cacheStatusOfSecond("/a")).isEqualTo("larder; fwd=miss");
        view.send(get("/a"), HttpResponse.BodyHandlers.ofString());
        assertThat(cacheStatus(view.send(get("/a"), HttpResponse.BodyHandlers.ofString())))
                .startsWith("larder; hit");
        view.close();
        CachingHttpClient narrower = view.with(CacheRule.get().path("/a").forbid());
        assertThat(cacheStatus(narrower.send(get("/a"), HttpResponse.BodyHandlers.ofString())))
                .contains("forbids");
        assertThat(cacheStatus(narrower.sendAsync(get("/b"), HttpResponse.BodyHandlers.ofString())
                        .join()))
                .isEqualTo("larder; fwd=miss; stored");
        assertThatThrownBy(() -> client.with(CacheRule.get())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aViewBypassesTheCache() throws Exception {
        rules(GET);
        upstream.answers((exchange, body) -> Upstream.answer(exchange, 200, "answer " + upstream.calls()));
        send(get("/a"));
        HttpResponse<String> past = client.bypass().send(get("/a"), HttpResponse.BodyHandlers.ofString());
        assertThat(past.body()).isEqualTo("answer 2");
        assertThat(cacheStatus(past)).isEqualTo("larder; fwd=bypass; detail=\"asked for by the caller\"");
        assertThat(send(get("/a")).body()).isEqualTo("answer 1");
    }

    @Test
    void aViewRefreshesWhatIsKept() throws Exception {
        rules(CacheRule.post().ttl(TTL));
        upstream.answers((exchange, body) -> Upstream.answer(
                exchange,
                200,
                upstream.calls() + " " + exchange.getRequestHeaders().containsKey("Cache-Control")));
        send(post("a"));
        HttpResponse<String> refreshed = client.refresh().send(post("a"), HttpResponse.BodyHandlers.ofString());
        assertThat(refreshed.body()).isEqualTo("2 false");
        assertThat(cacheStatus(refreshed)).isEqualTo("larder; fwd=request; fwd-status=200; stored");
        assertThat(send(post("a")).body()).isEqualTo("2 false");
        assertThat(client.refresh()
                        .sendAsync(post("a"), HttpResponse.BodyHandlers.ofString())
                        .join()
                        .body())
                .isEqualTo("3 false");
    }

    @Test
    void refusesWhatMakesNoRule() {
        Map<CacheRule, String> wrong = Map.of(
                CacheRule.get(), "does not say how long",
                CacheRule.get().ttl(TTL).forbid(), "leave one of the two out",
                CacheRule.get().ttl(TTL).byHttp(), "leave one of the two out",
                CacheRule.get().ttl(TTL).defaultTtl(TTL), "leave one of the two out",
                CacheRule.post().byHttp(), "give [POST] a ttl");
        wrong.forEach((rule, message) -> assertThatThrownBy(() -> builder().rule(rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message));
        List.<Runnable>of(
                        CacheRule::methods,
                        () -> CacheRule.methods("GET POST"),
                        () -> GET.host(),
                        () -> GET.host("http://a"),
                        () -> GET.host("a/b"),
                        () -> GET.host("user@a"),
                        () -> GET.path(),
                        () -> GET.path("v1"),
                        () -> GET.path("/a?b"),
                        () -> GET.path("/a b"),
                        () -> GET.requestType(),
                        () -> GET.requestType("json"),
                        () -> GET.responseType("*/*"),
                        () -> GET.responseType("text/plain;charset=utf-8"),
                        () -> GET.ttl(Duration.ZERO),
                        () -> GET.ttl(304, TTL),
                        () -> GET.ttl(404, Duration.ofSeconds(-1)),
                        () -> GET.defaultTtl(Duration.ZERO),
                        () -> GET.staleIfError(Duration.ZERO),
                        () -> GET.staleWhileRevalidate(Duration.ofSeconds(-1)),
                        () -> GET.maxEntryBytes(-1),
                        () -> GET.tag(""),
                        () -> GET.tag("x".repeat(257)),
                        () -> GET.name("\ud800"))
                .forEach(call -> assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class));
    }

    private void rules(CacheRule... rules) {
        client.close();
        client = client(rules);
    }

    private String cacheStatusOfSecond(String path) throws Exception {
        send(get(path));
        return cacheStatus(send(get(path)));
    }

    private HttpRequest post(String body, String... namesAndValues) {
        return to("/embed")
                .headers(namesAndValues)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
