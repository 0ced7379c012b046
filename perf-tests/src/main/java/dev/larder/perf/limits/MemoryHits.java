package dev.larder.perf.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.cache.CacheKey;
import dev.larder.perf.peers.clients.FreshPages;
import dev.larder.perf.suite.EchoAnswers;
import dev.larder.perf.suite.SplitMix;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Requests whose answers are kept in memory, through the cache, beside the least that a hit can be. */
final class MemoryHits {
    private final Origin origin;
    private final int kept;
    private final Function<HttpClient, MemoryClient> opening;
    private final IntFunction<Known> requests;

    /** A request, its body, and what must come back. */
    private record Known(HttpRequest request, byte[] body, byte[] answer) {}

    private MemoryHits(
            Origin origin, int kept, Function<HttpClient, MemoryClient> opening, IntFunction<Known> requests) {
        this.origin = origin;
        this.kept = kept;
        this.opening = opening;
        this.requests = requests;
    }

    /**
     * Returns hits of POSTs.
     *
     * @param kept to how many different ones the answers are kept
     * @param bodyBytes how long the body of each is
     */
    static MemoryHits ofPosts(Origin origin, int kept, int bodyBytes) {
        int roundedUp = (bodyBytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        return new MemoryHits(origin, kept, MemoryClient::forPosts, number -> {
            byte[] body = Arrays.copyOf(SplitMix.bytes(number, roundedUp), bodyBytes);
            HttpRequest request = HttpRequest.newBuilder(origin.uri())
                    .header("Content-Type", "application/octet-stream")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            return new Known(request, body, EchoAnswers.of(body));
        });
    }

    /**
     * Returns hits of GETs.
     *
     * @param origin has {@link FreshPages}
     * @param kept how many of them
     */
    static MemoryHits ofGets(Origin origin, int kept) {
        return new MemoryHits(origin, kept, MemoryClient::forGets, number -> {
            HttpRequest request =
                    HttpRequest.newBuilder(origin.uri(FreshPages.path(number))).build();
            return new Known(request, new byte[0], FreshPages.body(number));
        });
    }

    /** Returns the client's side. */
    Side ours(int callers) {
        return Side.of(() -> opening.apply(origin.client()), (cached, operations) -> {
            List<Known> all = all();
            Hits.Call<Known> call = known -> isRight(cached.client(), known);
            Hits.fill(origin, () -> Hits.callAll(all, 0, kept, call));
            return Hits.work(
                    origin, callers, operations, caller -> Hits.callAll(all, caller, operations / callers, call));
        });
    }

    private static boolean isRight(HttpClient client, Known known) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(known.request(), HttpResponse.BodyHandlers.ofByteArray());
        return response.statusCode() == 200 && Hits.isRight(known.answer(), response.body());
    }

    /** Returns the side of the least that there is to do. */
    Side floor(int callers) {
        return Side.of(() -> () -> {}, (nothing, operations) -> {
            List<Known> all = all();
            // Bounded, as a cache is. While it is less than half full it notes no use, like the store on our side.
            Cache<CacheKey, byte[]> answers =
                    Caffeine.newBuilder().maximumSize(10L * kept).build();
            LeastHit filler = new LeastHit(answers);
            for (Known known : all) {
                answers.put(filler.key(known.request().uri(), known.body()), known.answer());
            }
            return () -> Crew.run(callers, operations, caller -> {
                LeastHit hit = new LeastHit(answers);
                return Hits.callAll(all, caller, operations / callers, known -> {
                    byte[] body = hit.get(known.request().uri(), known.body());
                    return body != null && Hits.isRight(known.answer(), body);
                });
            });
        });
    }

    private List<Known> all() {
        List<Known> all = new ArrayList<>();
        for (int i = 0; i < kept; i++) {
            all.add(requests.apply(i));
        }
        return all;
    }
}
