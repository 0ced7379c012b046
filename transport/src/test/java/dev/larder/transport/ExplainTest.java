package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.transport.Explanation.KeyPart;
import dev.larder.transport.Explanation.Outcome;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is said of a call without making it. */
final class ExplainTest extends HttpTest {
    private static final String SECRET = "s3cr3t-marker";

    @Test
    void followsAnAnswerThroughItsLife() throws Exception {
        client.close();
        CacheRule rule = CacheRule.get()
                .name("pages")
                .ttl(Duration.ofSeconds(10))
                .staleWhileRevalidate(Duration.ofSeconds(10))
                .staleIfError(Duration.ofSeconds(30))
                .tag("t");
        client = client(rule);
        HttpRequest request = to("/a").build();
        assertThat(client.explain(request).outcome()).isEqualTo(Outcome.MISS);
        assertThat(client.explain(request).kept()).isNull();
        send(request);
        clock.advance(Duration.ofSeconds(4));
        Explanation hit = client.explain(request);
        assertThat(hit.outcome()).isEqualTo(Outcome.HIT);
        assertThat(hit.rule()).isSameAs(rule);
        assertThat(hit.kept().age()).isEqualTo(Duration.ofSeconds(4));
        assertThat(hit.kept().freshFor()).isEqualTo(Duration.ofSeconds(6));
        assertThat(hit.kept().tags()).containsExactly("t");
        assertThat(hit.kept().status()).isEqualTo(200);
        assertThat(hit.key())
                .isEqualTo(events.stream()
                        .filter(event -> event.type() == CacheEvent.Type.MISS)
                        .findFirst()
                        .orElseThrow()
                        .key());
        clock.advance(Duration.ofSeconds(7));
        assertThat(client.explain(request).outcome()).isEqualTo(Outcome.STALE);
        clock.advance(Duration.ofSeconds(10));
        Explanation stale = client.explain(request);
        assertThat(stale.outcome()).isEqualTo(Outcome.VALIDATE);
        assertThat(stale.reason()).isEqualTo("stale");
        assertThat(client.refresh().explain(request).outcome()).isEqualTo(Outcome.VALIDATE);
        assertThat(client.bypass().explain(request).outcome()).isEqualTo(Outcome.BYPASS);
        assertThat(client.explain(to("/b").header("Cache-Control", "only-if-cached")
                                .build())
                        .outcome())
                .isEqualTo(Outcome.GATEWAY_TIMEOUT);
        assertThat(upstream.calls()).isEqualTo(1);
    }

    @Test
    void namesThePartsOfTheKeyAndKeepsSecretsToItself() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(upstream.uri("/Embed?b=1&api_key=" + SECRET + "&a"))
                .header("Accept", "text/plain")
                .header("authorization", "Bearer " + SECRET)
                .header("Cookie", SECRET)
                .header("X-Api-Key", SECRET)
                .header("X-Other", "not in it")
                .POST(HttpRequest.BodyPublishers.ofString(SECRET))
                .build();
        Explanation explanation = client.explain(request);
        assertThat(explanation.keyParts())
                .contains(
                        new KeyPart("method", "POST"),
                        new KeyPart("uri", upstream.uri("/Embed").toString()),
                        new KeyPart("query", "b=1&api_key=(redacted)&a"),
                        new KeyPart("header accept", "text/plain"),
                        new KeyPart("header authorization", "(redacted)"),
                        new KeyPart("header cookie", "(redacted)"),
                        new KeyPart("header x-api-key", "(redacted)"),
                        new KeyPart("body", SECRET.length() + " bytes"));
        assertThat(explanation.toString())
                .doesNotContain(SECRET)
                .doesNotContain("x-other")
                .startsWith("MISS: nothing kept")
                .contains("CacheRule[POST, ttl=PT1H]")
                .contains(explanation.key().toString());
    }

    @Test
    void saysWhyACallGoesPastTheCache() throws Exception {
        client.close();
        client = client(CacheRule.any().path("/no").forbid());
        Explanation forbidden = client.explain(to("/no").build());
        assertThat(forbidden.outcome()).isEqualTo(Outcome.BYPASS);
        assertThat(forbidden.reason()).isEqualTo("a rule forbids it");
        assertThat(forbidden.rule()).hasToString("CacheRule[any, path=[/no], forbidden]");
        assertThat(client.explain(to("/no")
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build())
                        .reason())
                .isEqualTo("a rule forbids it");
        Explanation delete = client.explain(to("/a").DELETE().build());
        assertThat(delete.reason()).isEqualTo("no rule covers it, and HTTP lets no cache answer DELETE");
        assertThat(delete.key()).isNull();
        assertThat(client.explain(to("/a").header("Cache-Control", "no-store").build())
                        .reason())
                .isEqualTo("no-store");
        assertThat(client.explain(to("/a").build()).toString()).contains("judged by HTTP (RFC 9111)");
        assertThat(client.explain(post("one")).outcome()).isEqualTo(Outcome.BYPASS);
        assertThat(upstream.calls()).isZero();
    }

    @Test
    void knowsAnswersToHead() throws Exception {
        client.close();
        client = client();
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            Upstream.answer(exchange, 200, "body");
        });
        HttpRequest head =
                to("/a").method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
        assertThat(client.explain(head).outcome()).isEqualTo(Outcome.MISS);
        send(head);
        assertThat(client.explain(head).outcome()).isEqualTo(Outcome.HIT);
        assertThat(client.explain(to("/a").build()).outcome()).isEqualTo(Outcome.MISS);
    }
}
