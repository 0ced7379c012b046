package dev.larder.perf.micro;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.SplitMix;
import dev.larder.transport.CacheRule;
import dev.larder.transport.CachingHttpClient;
import dev.larder.transport.Explanation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the client does around a store: it makes a key of a request, encodes and decodes what is kept, and decides
 * whether that is fresh. None of this can be called from outside, and nothing is opened up to be measured. So each is
 * measured by the shortest call that contains it, over a store in memory whose part is {@code get hit} and {@code put
 * over} of memory, and beside an upstream that answers at once within the caller's thread with 1 KiB:
 *
 * <ul>
 *   <li>{@link #requestKey} asks what a POST of 1 KiB would come to of which nothing is kept: its rule, its key, a
 *       lookup in vain, and what the key is made of, which only {@code explain} tells.
 *   <li>{@link #freshness} asks the same of a GET whose answer is kept, with the freshness by RFC 9111.
 *   <li>{@link #decoding} is a hit: key, lookup, decoding with the checksum, freshness, and the caller's body handler.
 *   <li>{@link #encoding} asks the upstream in any case and keeps its answer in place of the old one: what a hit does but
 *       for the handler, then recording, encoding, and a put.
 *   <li>{@link #bypass} goes past the cache, and is what the upstream and the handler have a part in {@code encoding}.
 * </ul>
 */
@State(Scope.Thread)
public class CallBenchmark {
    private static final URI UPSTREAM = URI.create("http://upstream.example.org/v1/items?page=1");
    private static final HttpResponse.BodyHandler<byte[]> HANDLER = HttpResponse.BodyHandlers.ofByteArray();
    private static final int FIRST_HITS = 500;

    private final CannedClient upstream = new CannedClient(
            Map.of(
                    "Cache-Control", List.of("max-age=86400"),
                    "Content-Length", List.of(Integer.toString(Entries.DATA)),
                    "Content-Type", List.of("application/json"),
                    "Server", List.of("canned")),
            SplitMix.bytes(1, Entries.DATA));
    private final HttpRequest get = HttpRequest.newBuilder(UPSTREAM)
            .header("Accept", "application/json")
            .build();
    private final HttpRequest post = HttpRequest.newBuilder(UPSTREAM)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(SplitMix.bytes(2, Entries.DATA)))
            .build();
    private @Nullable CacheStore store;
    private @Nullable Clients clients;

    private record Clients(CachingHttpClient caching, HttpClient refreshing, HttpClient bypassing) {}

    /** For JMH. */
    public CallBenchmark() {}

    /** Makes the client, keeps what the GET brings, and has the client trust the store. */
    @Setup(Level.Trial)
    public void open() throws IOException, InterruptedException {
        CacheStore opened = CacheStores.open("memory:");
        CachingHttpClient caching = CachingHttpClient.newBuilder(upstream)
                .store(opened)
                .rule(CacheRule.post().ttl(Duration.ofDays(1)))
                .build();
        store = opened;
        clients = new Clients(caching, caching.refresh(), caching.bypass());
        send(caching, 1);
        // A client asks a store that it does not know yet from another thread, until that has answered 256 times.
        for (int i = 0; i < FIRST_HITS; i++) {
            send(caching, 0);
        }
    }

    /** Closes the client and the store. */
    @TearDown(Level.Trial)
    public void close() {
        if (clients != null) {
            clients.caching.close();
        }
        if (store != null) {
            store.close();
        }
    }

    /** Makes the key of a POST, and explains it. */
    @Benchmark
    public Explanation requestKey() throws IOException, InterruptedException {
        return explain(post, Explanation.Outcome.MISS);
    }

    /** Decides whether the answer to a GET is fresh, and explains it. */
    @Benchmark
    public Explanation freshness() throws IOException, InterruptedException {
        return explain(get, Explanation.Outcome.HIT);
    }

    /** Decodes an entry, in a hit. */
    @Benchmark
    public byte[] decoding() throws IOException, InterruptedException {
        return send(clients().caching, 0);
    }

    /** Encodes an entry, in a call whose answer is kept. */
    @Benchmark
    public byte[] encoding() throws IOException, InterruptedException {
        return send(clients().refreshing, 1);
    }

    /** Calls past the cache. */
    @Benchmark
    public byte[] bypass() throws IOException, InterruptedException {
        return send(clients().bypassing, 1);
    }

    private Clients clients() {
        return Objects.requireNonNull(clients);
    }

    private Explanation explain(HttpRequest request, Explanation.Outcome expected)
            throws IOException, InterruptedException {
        Explanation explanation = clients().caching.explain(request);
        if (explanation.outcome() != expected) {
            throw new WrongAnswerException("the call would come to " + explanation.outcome() + ", not " + expected);
        }
        return explanation;
    }

    /** @param expectedCalls how often the upstream must be asked */
    private byte[] send(HttpClient client, long expectedCalls) throws IOException, InterruptedException {
        long before = upstream.calls();
        byte[] body = client.send(get, HANDLER).body();
        long calls = upstream.calls() - before;
        if (body.length != Entries.DATA || calls != expectedCalls) {
            throw new WrongAnswerException("an answer of " + body.length + " bytes came after " + calls
                    + " calls upstream; expected were " + Entries.DATA + " and " + expectedCalls);
        }
        return body;
    }
}
