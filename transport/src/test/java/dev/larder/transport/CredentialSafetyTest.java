package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nobody gets what was answered to another's credentials, whatever the upstream says about caching. */
final class CredentialSafetyTest extends HttpTest {
    private static final List<String> CREDENTIALS = List.of(
            "Authorization", "Cookie", "X-Api-Key", "apikey", "X-Auth-Token", "X-Session-Id", "X-Amz-Security-Token");
    private static final List<String> DIRECTIVES = List.of(
            "max-age=60",
            "private, max-age=60",
            "public, max-age=60",
            "s-maxage=60",
            "max-age=60, stale-while-revalidate=60",
            "no-cache",
            "max-age=0, stale-if-error=60");
    private static final int CALLS = 300;

    private final Random random = new Random(11);

    @Test
    void byHttp() throws Exception {
        client.close();
        client = client();
        callsEachGetTheirOwnAnswer(CREDENTIALS);
    }

    @Test
    void byRule() throws Exception {
        callsEachGetTheirOwnAnswer(CREDENTIALS);
    }

    /** Where HTTP lets a shared cache share the answer to Authorization, the upstream has said so itself. */
    @Test
    void inASharedCacheAllButWhatTheUpstreamShares() throws Exception {
        client.close();
        client = builder().shared().build();
        callsEachGetTheirOwnAnswer(CREDENTIALS.subList(1, CREDENTIALS.size()));
    }

    private void callsEachGetTheirOwnAnswer(List<String> names) throws Exception {
        upstream.answers((exchange, body) -> {
            Headers fields = exchange.getResponseHeaders();
            fields.add(
                    "Cache-Control",
                    DIRECTIVES.get(exchange.getRequestURI().getPath().charAt(1) - '0'));
            fields.add("ETag", "\"same for all\"");
            Headers asked = exchange.getRequestHeaders();
            boolean same = asked.containsKey("If-None-Match");
            StringBuilder who = new StringBuilder();
            names.forEach(name -> who.append(asked.getFirst(name)).append(';'));
            Upstream.answer(exchange, same ? 304 : 200, same ? "" : who.toString());
        });
        for (int i = 0; i < CALLS; i++) {
            HttpRequest.Builder request = to("/" + random.nextInt(DIRECTIVES.size()));
            StringBuilder who = new StringBuilder();
            for (String name : names) {
                // Few values, so that calls meet in all but one of them.
                String value = random.nextInt(3) == 0 ? "v" + random.nextInt(2) : null;
                if (value != null) {
                    request.header(name, value);
                }
                who.append(value).append(';');
            }
            assertThat(send(request.build()).body()).isEqualTo(who.toString());
        }
        assertThat(eventTypes()).contains(CacheEvent.Type.HIT);
    }
}
