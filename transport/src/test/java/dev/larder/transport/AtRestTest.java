package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.Deadline;
import java.io.IOException;
import java.net.CookieManager;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No credential, no cookie, no address and no request body is in a store, nor in its files, whatever was called. */
final class AtRestTest extends HttpTest {
    /** In everything that must not be kept, and in nothing else. */
    private static final String MARKER = "c0nf1dent1al";

    /** In every answer. */
    private static final String ANSWER = "public answer";

    private static final List<String> CREDENTIALS = List.of(
            "Authorization", "Cookie", "X-Api-Key", "apikey", "X-Auth-Token", "X-Session-Id", "Proxy-Authorization");
    private static final List<String> DIRECTIVES = List.of(
            "max-age=60", "public, s-maxage=60", "no-cache", "max-age=0, stale-while-revalidate=60", "must-revalidate");
    private static final int CALLS = 200;

    private final Random random = new Random(3);

    @Test
    void byRule() throws Exception {
        client.close();
        client = builder(CacheRule.post().ttl(TTL), CacheRule.get().ttl(TTL))
                .cookieHandler(new CookieManager())
                .build();
        assertNothingIsKeptThatMustNotBe();
    }

    @Test
    void byHttp() throws Exception {
        client.close();
        client = builder().cookieHandler(new CookieManager()).build();
        assertNothingIsKeptThatMustNotBe();
    }

    @Test
    void inASharedCache() throws Exception {
        client.close();
        client = builder().shared().build();
        assertNothingIsKeptThatMustNotBe();
    }

    private void assertNothingIsKeptThatMustNotBe() throws Exception {
        upstream.answers((exchange, body) -> {
            var fields = exchange.getResponseHeaders();
            fields.add("Cache-Control", DIRECTIVES.get(random.nextInt(DIRECTIVES.size())));
            fields.add("ETag", "\"one\"");
            fields.add("Set-Cookie", "session=" + MARKER + "; Path=/");
            fields.add("Set-Cookie2", MARKER);
            fields.add("Proxy-Authentication-Info", MARKER);
            if (exchange.getRequestURI().getPath().equals("/vary")) {
                fields.add("Vary", "Authorization, Cookie, X-Api-Key, X-Other");
            }
            boolean same = exchange.getRequestHeaders().containsKey("If-None-Match") && random.nextBoolean();
            Upstream.answer(exchange, same ? 304 : 200, same ? "" : ANSWER);
        });
        for (int i = 0; i < CALLS; i++) {
            send(randomRequest());
        }
        client.close();
        store.flush(Deadline.never());
        assertNothingMarked();
        List<String> kept = new ArrayList<>();
        store.scan(
                (key, entry) -> {
                    kept.add(text(entry.metadata()));
                    kept.add(text(entry.data()));
                    kept.add(entry.tags().toString());
                },
                Deadline.never());
        assertThat(kept).anyMatch(text -> text.equals(ANSWER)).noneMatch(AtRestTest::isMarked);
        store.close();
        assertNothingMarked();
    }

    private HttpRequest randomRequest() {
        String path = List.of("/plain", "/vary", "/" + MARKER).get(random.nextInt(3));
        String query = random.nextBoolean() ? "" : "?key=" + MARKER + random.nextInt(3);
        HttpRequest.Builder request = to(path + query);
        for (String name : new TreeSet<>(CREDENTIALS)) {
            if (random.nextInt(3) == 0) {
                request.header(name, MARKER + random.nextInt(2));
            }
        }
        // Named by Vary, and no credential.
        request.header("X-Other", MARKER);
        if (random.nextBoolean()) {
            request.POST(BodyPublishers.ofString("prompt " + MARKER + random.nextInt(3)));
        }
        return request.build();
    }

    /** Looks at the bytes of whatever files the store has, a log beside the main one included. */
    private void assertNothingMarked() throws IOException {
        boolean kept = false;
        int count = 0;
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = text(Files.readAllBytes(file));
                assertThat(isMarked(bytes)).as(file.toString()).isFalse();
                assertThat(isMarked(file.toString())).isFalse();
                kept |= bytes.contains(ANSWER);
                count++;
            }
        }
        assertThat(kept)
                .as("what may be kept is seen in files, if there are any")
                .isEqualTo(count > 0);
    }

    private static boolean isMarked(String text) {
        return text.contains(MARKER);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
