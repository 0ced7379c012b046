package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.Deadline;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Entries that came to harm in a store, or were put there by something else, are misses; over every store. */
final class DamagedEntriesTest extends HttpTest {
    private static final int CALLS = 40;

    private final Random random = new Random(7);
    private final List<HttpRequest> requests = new ArrayList<>();

    /** Has an answer kept for each request, those of every other one by way of an index. */
    private Map<CacheKey, CacheEntry> keepAnswers() throws Exception {
        upstream.answers((exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().add("Vary", "X-Variant");
            }
            Upstream.answer(exchange, 200, exchange.getRequestURI() + body);
        });
        for (int i = 0; i < CALLS; i++) {
            HttpRequest.Builder request = to("/" + i);
            requests.add(
                    i % 2 == 0
                            ? request.header("X-Variant", "one").build()
                            : request.POST(BodyPublishers.ofString("of " + i)).build());
        }
        everyAnswerIsRight();
        client.close();
        store.flush(Deadline.never());
        Map<CacheKey, CacheEntry> kept = new HashMap<>();
        store.scan(kept::put, Deadline.never());
        assertThat(kept).hasSize(CALLS + CALLS / 2);
        client = client(CacheRule.post().ttl(TTL), CacheRule.get().ttl(TTL));
        events.clear();
        return kept;
    }

    private void everyAnswerIsRight() throws Exception {
        for (HttpRequest request : requests) {
            String body = request.method().equals("GET")
                    ? ""
                    : "of " + request.uri().getPath().substring(1);
            assertThat(send(request).body()).isEqualTo(request.uri().getPath() + body);
        }
    }

    @Test
    void whateverIsDamagedIsAMissAndThenKeptAnew() throws Exception {
        Map<CacheKey, CacheEntry> kept = keepAnswers();
        for (int round = 1; round <= 2; round++) {
            kept.forEach((key, entry) -> store.put(key, StoredForms.damaged(entry, random), Deadline.never()));
            store.flush(Deadline.never());
            events.clear();
            everyAnswerIsRight();
            assertThat(upstream.calls()).isEqualTo((round + 1) * CALLS);
            assertThat(eventTypes()).contains(CacheEvent.Type.STORE_FAILED).doesNotContain(CacheEvent.Type.HIT);
            client.close();
            store.flush(Deadline.never());
            client = client(CacheRule.post().ttl(TTL), CacheRule.get().ttl(TTL));
            everyAnswerIsRight();
            assertThat(upstream.calls()).as("kept anew").isEqualTo((round + 1) * CALLS);
        }
    }

    @Test
    void anAnswerThatIsFoundUnderAnotherKeyIsAMiss() throws Exception {
        Map<CacheKey, CacheEntry> kept = keepAnswers();
        List<CacheKey> keys = List.copyOf(kept.keySet());
        for (int i = 0; i < keys.size(); i++) {
            CacheEntry next = kept.get(keys.get((i + 1) % keys.size()));
            store.put(keys.get(i), next, Deadline.never());
        }
        store.flush(Deadline.never());
        everyAnswerIsRight();
        assertThat(upstream.calls()).isEqualTo(2 * CALLS);
    }

    @Test
    void whatIsForgedFailsNoCall() throws Exception {
        Map<CacheKey, CacheEntry> kept = keepAnswers();
        for (int round = 0; round < 3; round++) {
            kept.forEach((key, entry) -> store.put(key, StoredForms.forged(entry, random), Deadline.never()));
            store.flush(Deadline.never());
            // The sum is right, so that only what it says can tell: an answer is served with the body that is in it.
            everyAnswerIsRight();
        }
        assertThat(Set.copyOf(eventTypes())).contains(CacheEvent.Type.MISS);
    }

    @Test
    void forgedFieldsEndNoLineAndReachNobody() throws Exception {
        HttpRequest request = to("/forged").build();
        send(request);
        client.awaitRecordings();
        CacheKey key = client.explain(request).key();
        client.close();
        StoredResponse real = (StoredResponse) StoredCodec.decode(key, store.get(key, Deadline.never()));
        Map<String, List<String>> fields = new HashMap<>(real.head().fields().map());
        fields.put("X-Good", List.of("good"));
        fields.put("X-Bad\r\nSet-Cookie: a", List.of("b"));
        fields.put("X Y", List.of("no token"));
        fields.put("X-Line", List.of("first", "a\r\nInjected: b"));
        fields.put("X-Nul", List.of("a\0b"));
        // Cut down to a byte, it ends a line.
        fields.put("X-Wide", List.of("a\u010d\u010aInjected: b"));
        fields.put("ETag", List.of("\"1\"\r\nInjected: b"));
        StoredResponse.Head head = real.head();
        StoredResponse forged = new StoredResponse(
                key,
                new StoredResponse.Head(
                        200, head.version(), new Fields(fields), head.freshness(), head.directives(), head.varyNames()),
                real.data(),
                real.deleteAtMillis(),
                real.tags());
        store.put(key, forged.toEntry(), Deadline.never());
        store.flush(Deadline.never());

        client = client(CacheRule.get().ttl(TTL));
        HttpResponse<String> hit = send(request);
        assertThat(cacheStatus(hit)).startsWith("larder; hit");
        assertThat(hit.headers().map())
                .containsKey("X-Good")
                .doesNotContainKeys("X-Line", "X-Nul", "X-Wide", "ETag", "X Y")
                .noneSatisfy((name, values) -> assertThat(name + values).containsAnyOf("\n", "Injected", "Set-Cookie"));
        // Nor does a forged validator reach the upstream.
        HttpResponse<String> validated = client.refresh().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(validated.statusCode()).isEqualTo(200);
    }
}
