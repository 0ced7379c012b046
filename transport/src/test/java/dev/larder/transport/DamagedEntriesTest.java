package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.Deadline;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
}
