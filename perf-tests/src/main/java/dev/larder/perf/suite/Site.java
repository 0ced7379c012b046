package dev.larder.perf.suite;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.transport.CacheEvent;
import dev.larder.transport.CacheRule;
import dev.larder.transport.CachingHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where callers call: an upstream behind a client that caches in a store which nobody has used yet. */
public final class Site implements AutoCloseable {
    private static final Duration KEPT = Duration.ofHours(1);
    // Far above the default, so that a stall of a busy machine shows as latency and the counts stay exact.
    static final Duration PATIENT = Duration.ofSeconds(30);
    // No call on a store takes that long: it only keeps a store that has stopped from holding up the run for ever.
    private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

    private final Bench bench;
    private final URI uri;
    private final String name;
    private final CacheStore store;
    private final @Nullable Duration budget;
    private final LongAdder storeFailures = new LongAdder();
    private final CachingHttpClient client;

    /** @param budget how long the client waits for its store at most; null for what it does by default */
    Site(Bench bench, CacheStore store, URI uri, @Nullable Duration budget) {
        this.bench = bench;
        this.uri = uri;
        this.name = bench.nextSiteName();
        this.store = store;
        this.budget = budget;
        this.client = newClient();
    }

    private CachingHttpClient newClient() {
        CachingHttpClient.Builder builder = CachingHttpClient.newBuilder(bench.bareClient());
        if (budget != null) {
            builder.cacheBudget(budget);
        }
        return builder.store(store)
                .rule(CacheRule.post().ttl(KEPT))
                .listener(event -> {
                    if (event.type() == CacheEvent.Type.STORE_FAILED) {
                        storeFailures.increment();
                    }
                })
                .build();
    }

    /** Returns the store behind the client. */
    public CacheStore store() {
        return store;
    }

    /** Returns the client that caches. */
    public HttpClient client() {
        return client;
    }

    /** Returns the key of a number, which nobody uses but callers of this site. */
    public CacheKey key(long number) {
        return CacheKey.sha256((name + "-" + number).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the deadline of a call on the store that is not to run out of time, however slow the machine. */
    public static Deadline soon() {
        return Deadline.after(LONGEST_CALL);
    }

    /** Returns so many entries of this version by their keys, the first with this number. */
    public Map<CacheKey, CacheEntry> entries(long first, int count, long version) {
        Map<CacheKey, CacheEntry> entries = new LinkedHashMap<>();
        for (long number = first; number < first + count; number++) {
            entries.put(key(number), Entries.of(number, version));
        }
        return entries;
    }

    /** Returns the entry that the store has under this number, null if there is none. */
    public @Nullable CacheEntry kept(long number) {
        return store.get(key(number), soon());
    }

    /** Returns what is wrong with what is kept under a number that nobody has removed, null if nothing is. */
    public @Nullable String faultOfKept(long number) {
        return faultOfKept(number, kept(number));
    }

    /** Returns the same of what was found there. That it is gone is no fault once the store has evicted entries. */
    public @Nullable String faultOfKept(long number, @Nullable CacheEntry found) {
        if (found == null) {
            return store.stats().evictions() > 0 ? null : "an entry that was put is not there";
        }
        return Entries.fault(number, found);
    }

    /** Returns a POST of this text, which nobody sends but callers of this site that were given the same text. */
    public Call post(String text) {
        return new PostCall(client, uri, body(text));
    }

    /** Returns the same that waits for so long, and then fails with a {@link java.net.http.HttpTimeoutException}. */
    public Call post(String text, Duration patience) {
        return new PostCall(
                client, uri, body(text), patience, EchoAnswers::of, HttpResponse.BodyHandlers.ofByteArray());
    }

    /**
     * Returns the same for an upstream that answers in another way.
     *
     * @param answers what it answers to a body
     * @param handler takes in the answer
     */
    public Call post(String text, UnaryOperator<byte[]> answers, HttpResponse.BodyHandler<byte[]> handler) {
        return new PostCall(client, uri, body(text), PostCall.PATIENCE, answers, handler);
    }

    /** Returns the body of the POST of this text. */
    public String body(String text) {
        return "{\"site\":\"" + name + "\",\"text\":\"" + text + "\"}";
    }

    /**
     * Sends the POST of each text and returns once the store has the answers.
     *
     * @throws IOException if one is not the right answer
     */
    public void keep(String... texts) throws IOException, InterruptedException {
        // Closing a client waits for what it has to store.
        try (CachingHttpClient other = newClient()) {
            for (String text : texts) {
                PostCall call = new PostCall(other, uri, body(text));
                call.make();
                String fault = call.fault();
                if (fault != null) {
                    throw new IOException("cannot prepare the scenario: " + fault);
                }
            }
        }
    }

    /** Returns how often the cache has reported a failure of its store. */
    public long storeFailures() {
        return storeFailures.sum();
    }

    /** Returns once the store has kept what it was given by callers that have ended. Nobody may call any more. */
    public void settle() {
        client.close();
    }

    @Override
    public void close() {
        try (store) {
            client.close();
        }
    }
}
