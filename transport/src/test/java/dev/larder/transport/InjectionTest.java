package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is replayed is what came, field by field and byte by byte, however odd that is; over every store. */
final class InjectionTest extends HttpTest {
    private static final Set<String> OURS = Set.of("Age", "Cache-Status");
    private static final int ANSWERS = 30;

    private final Random random = new Random(5);
    private final HttpClient bare = HttpClient.newHttpClient();

    @Test
    void oddFieldsAreReplayedAsTheyCame() throws Exception {
        for (int i = 0; i < ANSWERS; i++) {
            Headers odd = oddFields(i);
            byte[] body = oddBody(i);
            upstream.answers((exchange, asked) -> {
                exchange.getResponseHeaders().putAll(odd);
                exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            });
            HttpResponse<byte[]> plain = bare.send(to("/" + i).build(), BodyHandlers.ofByteArray());
            HttpResponse<byte[]> missed = client.send(to("/" + i).build(), BodyHandlers.ofByteArray());
            HttpResponse<byte[]> hit = client.send(to("/" + i).build(), BodyHandlers.ofByteArray());
            assertThat(missed.headers().allValues("Cache-Status"))
                    .singleElement()
                    .asString()
                    .contains("fwd=");
            assertThat(hit.headers().allValues("Cache-Status"))
                    .singleElement()
                    .asString()
                    .contains("; hit");
            assertThat(theirs(missed.headers())).isEqualTo(theirs(plain.headers()));
            assertThat(theirs(hit.headers())).isEqualTo(theirs(plain.headers()));
            assertThat(missed.body()).isEqualTo(body);
            assertThat(hit.body()).isEqualTo(body);
        }
    }

    private static Map<String, List<String>> theirs(HttpHeaders headers) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.putAll(headers.map());
        fields.keySet().removeAll(OURS);
        // Each answer has its own.
        fields.remove("Date");
        return fields;
    }

    private Headers oddFields(int number) {
        Headers fields = new Headers();
        switch (number % 5) {
            case 0 -> fields.put("X-Empty", List.of("", "", " x "));
            case 1 -> fields.add("X-Long", StoredForms.value(100_000, random));
            case 2 -> {
                for (int i = 0; i < 500; i++) {
                    fields.add("X-Many", "line " + random.nextInt(10));
                }
            }
            case 3 -> {
                for (int i = 0; i < 300; i++) {
                    fields.add("X-" + i + StoredForms.token(random), StoredForms.value(20, random));
                }
            }
            default -> {
                fields.add("X-Text", "a\tb\u00e4\u00ff \"\\\" ,;= %0d%0aSet-Cookie: x=y \\r\\n");
                fields.add("X-Odd!#$%&'*+.^_`|~", "HTTP/1.1 200 OK");
            }
        }
        fields.add("X-Obs-Text", StoredForms.value(1 + random.nextInt(200), random));
        return fields;
    }

    private byte[] oddBody(int number) {
        if (number % 3 == 0) {
            return "0\r\n\r\nHTTP/1.1 200 OK\r\nSet-Cookie: x=y\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        }
        byte[] body = new byte[number % 3 == 1 ? 0 : random.nextInt(50_000)];
        random.nextBytes(body);
        return body;
    }
}
