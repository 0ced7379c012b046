package dev.larder.perf.limits;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.perf.suite.EchoAnswers;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** POSTs whose answers are kept, through the cache, beside lookups of the same entries. */
final class HttpHits {
    private static final int KEPT = 1000;

    private final Origin origin;
    private final Path file;
    private final SplittableRandom random = new SplittableRandom(11);
    private final List<Post> posts = new ArrayList<>();
    private boolean filled;

    /** A request, and what must come back. */
    private record Post(HttpRequest request, byte[] answer) {}

    /** @param file where the answers are to be kept; there is none yet */
    HttpHits(Origin origin, Path file) {
        this.origin = origin;
        this.file = file;
    }

    /** Returns the client's side. */
    Side ours(int callers) {
        return Side.of(this::openStore, (store, operations) -> {
            CachedClient cached = new CachedClient(origin.client(), store);
            Post[][] chosen = new Post[callers][Math.toIntExact(operations / callers)];
            for (Post[] own : chosen) {
                Arrays.setAll(own, i -> posts.get(random.nextInt(KEPT)));
            }
            return () -> {
                long calls = origin.calls();
                Sample sample = Crew.run(callers, operations, caller -> send(cached.client(), chosen[caller]));
                cached.close();
                if (origin.calls() != calls) {
                    throw new LimitsException(origin.calls() - calls + " hits reached the upstream");
                }
                return sample;
            };
        });
    }

    /** Returns the store's side. */
    Side floor(int callers) {
        return Side.of(this::openStore, (store, operations) -> {
            List<CacheKey> keys = new ArrayList<>();
            store.scan((key, entry) -> keys.add(key), Deadline.never());
            CacheKey[][] chosen = new CacheKey[callers][Math.toIntExact(operations / callers)];
            for (CacheKey[] own : chosen) {
                Arrays.setAll(own, i -> keys.get(random.nextInt(KEPT)));
            }
            return () -> Crew.run(callers, operations, caller -> get(store, chosen[caller]));
        });
    }

    private CacheStore openStore() throws IOException, InterruptedException {
        CacheStore store = StoreFiles.openCommitted(file);
        if (!filled) {
            fill(store);
            filled = true;
        }
        return store;
    }

    private void fill(CacheStore store) throws IOException, InterruptedException {
        for (int i = 0; i < KEPT; i++) {
            byte[] body = ("{\"text\":\"" + i + "\"}").getBytes(StandardCharsets.UTF_8);
            HttpRequest request = HttpRequest.newBuilder(origin.uri())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            posts.add(new Post(request, EchoAnswers.of(body)));
        }
        try (CachedClient cached = new CachedClient(origin.client(), store)) {
            send(cached.client(), posts.toArray(Post[]::new));
        }
        if (store.stats().entries() != KEPT) {
            throw new LimitsException("of " + KEPT + " answers, the store has kept "
                    + store.stats().entries());
        }
    }

    private static long send(HttpClient client, Post[] posts) throws IOException, InterruptedException {
        long wrong = 0;
        for (Post post : posts) {
            HttpResponse<byte[]> response = client.send(post.request(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200 || !Arrays.equals(response.body(), post.answer())) {
                wrong++;
            }
        }
        return wrong;
    }

    private static long get(CacheStore store, CacheKey[] keys) {
        long wrong = 0;
        for (CacheKey key : keys) {
            @Nullable CacheEntry entry = store.get(key, Deadline.never());
            if (entry == null || entry.data().length != EchoAnswers.LENGTH) {
                wrong++;
            }
        }
        return wrong;
    }
}
