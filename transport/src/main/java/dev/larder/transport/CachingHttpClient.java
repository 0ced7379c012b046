package dev.larder.transport;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * An {@link HttpClient} that answers repeated calls from a {@link CacheStore}.
 *
 * <p>A call is judged by the first {@link CacheRule rule} that covers it; without one, by what HTTP says (RFC 9111), as
 * a private cache unless it is made a {@linkplain Builder#shared() shared} one. Calls for the same
 * answer that are under way at the same time make one upstream call between them. A response reaches its caller as it
 * arrives, and is handed to the store when its body is complete. Answers from the cache go through the caller's own
 * {@link HttpResponse.BodyHandler}, as if they had just arrived.
 *
 * <p><b>The cache never makes a call fail.</b> A store that throws, dawdles, is full or returns garbage costs a call at
 * most the {@linkplain Builder#cacheBudget cache budget}; the call then goes upstream.
 *
 * <p><b>Every response says</b> in Cache-Status (RFC 9211) what the cache did, and {@link CacheListener}s hear it.
 *
 * <p><b>Threads.</b> {@code send} works on the caller's thread. {@code sendAsync} uses the {@linkplain
 * HttpClient#executor() executor} where the store may block, completes there or on the delegate's threads, and
 * cancelling its future cancels the upstream call if nobody else waits for the answer.
 *
 * <p><b>Life cycle.</b> The store stays its owner's: close this client first, which waits for answers on their way to
 * the store, then the store. The methods that JDK 21 added to {@code HttpClient} work there; on earlier JDKs, where
 * clients have no end, {@link #close()} only waits.
 */
public final class CachingHttpClient extends DelegatingHttpClient implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final CacheEngine engine;
    private final View view;
    private final Sender sender;
    private final boolean isView;
    private final @Nullable ExecutorService ownExecutor;

    private CachingHttpClient(
            HttpClient delegate,
            @Nullable ExecutorService ownExecutor,
            Redirect redirects,
            CacheStore store,
            CacheEngine.Settings settings) {
        super(delegate);
        this.ownExecutor = ownExecutor;
        Executor executor = ownExecutor == null ? delegate.executor().orElseThrow() : ownExecutor;
        engine = new CacheEngine(delegate, executor, store, settings);
        view = View.NONE;
        sender = new Sender(engine, view, redirects);
        isView = false;
    }

    /** A view: the client that it was made from, in everything but how calls are judged. */
    private CachingHttpClient(CachingHttpClient client, View view) {
        super(client.delegate());
        engine = client.engine;
        ownExecutor = null;
        this.view = view;
        sender = new Sender(engine, view, client.sender.redirects());
        isView = true;
    }

    /** Returns a builder of a client that makes its own delegate, which the methods of {@code HttpClient.Builder} set up. */
    public static Builder newBuilder() {
        return new Builder(HttpClient.newBuilder());
    }

    /** Returns a builder of a client that sends through {@code delegate}, as it is set up already. */
    public static Builder newBuilder(HttpClient delegate) {
        return new Builder(delegate);
    }

    /**
     * Returns a view of this client in which {@code rule} comes before all others: for calls that need an answer of
     * another age, or no cache, without a client of their own. A view shares everything with its client, which is the
     * one to be closed; closing a view does nothing.
     *
     * @throws IllegalArgumentException if the rule is not complete, or contradicts itself
     */
    public CachingHttpClient with(CacheRule rule) {
        return new CachingHttpClient(this, view.with(engine.policyOf(complete(rule))));
    }

    /** Returns a {@linkplain #with view} of this client whose calls go past the cache and leave it as it is. */
    public CachingHttpClient bypass() {
        return new CachingHttpClient(this, view.bypassing());
    }

    /**
     * Returns a {@linkplain #with view} of this client whose calls ask the upstream in any case, and keep what it
     * answers in place of what was kept: like {@code Cache-Control: no-cache}, which other caches on the way do not see.
     * Where the upstream only confirms what is kept, that is served.
     */
    public CachingHttpClient refresh() {
        return new CachingHttpClient(this, view.refreshing());
    }

    /**
     * Says what a call would come to now, and why, without making it. Reads the request's body, and asks the store
     * within the {@linkplain Builder#cacheBudget cache budget}. Credentials are left out of what it says.
     *
     * @throws IOException if the request's body cannot be read
     * @throws InterruptedException if the thread is interrupted
     */
    public Explanation explain(HttpRequest request) throws IOException, InterruptedException {
        return new Explainer(engine, view, request).explain();
    }

    /**
     * Removes every answer to requests with this key, whatever they vary by: the key of a {@link CacheEvent} or an
     * {@link Explanation}.
     *
     * <p>As all removals here, it runs on this thread, for 30 seconds at most; answers of calls under way are not kept.
     *
     * @return whether there was any
     * @throws dev.larder.cache.CacheStoreException if the store fails; what is kept may still be served then
     */
    public boolean purge(CacheKey key) {
        return engine.purge().key(key);
    }

    /**
     * Removes every answer to requests for a URI, query included: all bodies, variants and callers.
     *
     * @return how many entries of the store went
     * @throws IllegalArgumentException if it is no http or https URI
     * @throws dev.larder.cache.CacheStoreException if the store fails; some may still be served then
     */
    public long purge(URI uri) {
        return engine.purge().uri(uri);
    }

    /**
     * Removes every answer with a tag that a rule has {@linkplain CacheRule#tag given} to it.
     *
     * @return how many entries of the store went
     * @throws dev.larder.cache.CacheStoreException if the store fails; some may still be served then
     */
    public long purgeTag(String tag) {
        return engine.purge().tagged(List.of(RuleTags.ofTag(tag)));
    }

    /**
     * Removes every answer that was kept by the rule with the {@linkplain CacheRule#name name} of this one.
     *
     * @return how many entries of the store went
     * @throws IllegalArgumentException if the rule has no name
     * @throws dev.larder.cache.CacheStoreException if the store fails; some may still be served then
     */
    public long purge(CacheRule rule) {
        String name = rule.name();
        if (name == null) {
            throw new IllegalArgumentException(
                    rule + " has no name to find its answers by: add name(String) to it" + " before it keeps any");
        }
        return engine.purge().tagged(List.of(RuleTags.ofRule(name)));
    }

    private static CacheRule complete(CacheRule rule) {
        String problem = rule.problem();
        if (problem != null) {
            throw new IllegalArgumentException(rule + " " + problem);
        }
        return rule;
    }

    /**
     * {@inheritDoc}
     *
     * @throws java.net.http.HttpTimeoutException also if the request's timeout passes while waiting for another call
     *     that is under way for the same answer
     */
    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> responseBodyHandler)
            throws IOException, InterruptedException {
        return sender.send(request, nonNull(responseBodyHandler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> responseBodyHandler) {
        return sender.sendAsync(request, nonNull(responseBodyHandler), null);
    }

    /** Sends without the cache if there is a push promise handler: promised responses have no request of the caller's. */
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            HttpResponse.BodyHandler<T> responseBodyHandler,
            HttpResponse.@Nullable PushPromiseHandler<T> pushPromiseHandler) {
        return sender.sendAsync(request, nonNull(responseBodyHandler), pushPromiseHandler);
    }

    private static <T> HttpResponse.BodyHandler<T> nonNull(HttpResponse.BodyHandler<T> handler) {
        return Objects.requireNonNull(handler, "responseBodyHandler");
    }

    @Override
    public Redirect followRedirects() {
        Redirect here = sender.redirects();
        return here == Redirect.NEVER ? super.followRedirects() : here;
    }

    /** Waits until everything recorded is stored or lost, 10 seconds at most. */
    void awaitRecordings() throws InterruptedException {
        engine.awaitRecordings(CLOSE_PATIENCE);
    }

    /** Returns whether no call is under way that others may follow. */
    boolean isIdle() {
        return engine.flights().isEmpty();
    }

    /** Returns how many calls wait for the answer of another one now. */
    int followers() {
        return engine.followers();
    }

    /**
     * Ends the delegate, where the JDK allows it, and waits for answers on their way to the store, 10 seconds at most.
     * The store stays open. On a {@linkplain #with view} this does nothing.
     */
    @Override
    public void close() {
        if (isView) {
            return;
        }
        LaterJdk.close(delegate());
        try {
            awaitRecordings();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ownExecutor != null) {
            ownExecutor.shutdown();
        }
    }

    /**
     * Builds a {@link CachingHttpClient}. Not for several threads.
     *
     * <p>The methods of {@link HttpClient.Builder} set up the delegate, but for redirects, which are followed above the
     * cache. On a builder made for a delegate that exists
     * already they throw {@link IllegalStateException}.
     */
    public static final class Builder implements HttpClient.Builder {
        private static final Duration DEFAULT_BUDGET = Duration.ofMillis(250);
        private static final long DEFAULT_MAX_ENTRY_BYTES = 16L << 20;
        private static final long DEFAULT_MAX_REQUEST_BYTES = 16L << 20;

        // One of the two.
        private final HttpClient.@Nullable Builder delegateBuilder;
        private final @Nullable HttpClient existing;

        private final List<CacheRule> rules = new ArrayList<>();
        private final List<CacheListener> listeners = new ArrayList<>();
        private @Nullable CacheStore store;
        private InstantSource clock = InstantSource.system();
        private Duration cacheBudget = DEFAULT_BUDGET;
        private long maxEntryBytes = DEFAULT_MAX_ENTRY_BYTES;
        private long maxRequestBytes = DEFAULT_MAX_REQUEST_BYTES;
        private Redirect redirects = Redirect.NEVER;
        private boolean shared;
        private List<String> targets = List.of();

        private Builder(HttpClient.Builder delegateBuilder) {
            this.delegateBuilder = delegateBuilder;
            existing = null;
        }

        private Builder(HttpClient existing) {
            this.existing = Objects.requireNonNull(existing, "delegate");
            delegateBuilder = null;
        }

        /** Sets where answers are kept. It stays the caller's, who closes it after the client. Required. */
        public Builder store(CacheStore store) {
            this.store = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Adds a rule behind those added before; the first that matches a request decides. Without a rule HTTP does
         * (RFC 9111).
         *
         * @throws IllegalArgumentException if the rule is not complete, or contradicts itself
         */
        public Builder rule(CacheRule rule) {
            rules.add(complete(rule));
            return this;
        }

        /** Adds a listener. */
        public Builder listener(CacheListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** Sets the clock by which answers age; the system's unless set. */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets what a call may wait for the store, 250 ms unless set. A request with a timeout spends at most half of
         * it.
         *
         * @throws IllegalArgumentException unless it is positive and at most an hour
         */
        public Builder cacheBudget(Duration budget) {
            if (budget.isNegative() || budget.isZero() || budget.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("a cache budget is positive and at most an hour, not " + budget);
            }
            cacheBudget = budget;
            return this;
        }

        /**
         * Sets the largest body in bytes that is kept, 16 MiB unless set. A larger one streams through.
         *
         * @throws IllegalArgumentException if negative
         */
        public Builder maxEntryBytes(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("a size in bytes is not negative: " + bytes);
            }
            maxEntryBytes = bytes;
            return this;
        }

        /**
         * Sets the largest request body in bytes that is read to make a key, 16 MiB unless set. A call with a larger
         * one, or one of unknown length, goes past the cache.
         *
         * @throws IllegalArgumentException if negative
         */
        public Builder maxRequestBytes(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("a size in bytes is not negative: " + bytes);
            }
            maxRequestBytes = bytes;
            return this;
        }

        /**
         * Makes the cache a shared one (RFC 9111 §1), which serves many users: {@code private} answers are not kept,
         * {@code s-maxage} counts, answers to Authorization are kept and shared only where they say so (§3.5). Without
         * it the cache is a private one, in which each credential has answers of its own.
         */
        public Builder shared() {
            return shared("CDN-Cache-Control");
        }

        /**
         * Makes the cache a {@linkplain #shared() shared one} that heeds these targeted fields, the first that a response
         * has, in place of Cache-Control (RFC 9213).
         */
        public Builder shared(String... targetedFields) {
            shared = true;
            targets = List.of(targetedFields);
            return this;
        }

        @Override
        public Builder cookieHandler(CookieHandler cookieHandler) {
            delegateBuilder().cookieHandler(cookieHandler);
            return this;
        }

        @Override
        public Builder connectTimeout(Duration duration) {
            delegateBuilder().connectTimeout(duration);
            return this;
        }

        @Override
        public Builder sslContext(SSLContext sslContext) {
            delegateBuilder().sslContext(sslContext);
            return this;
        }

        @Override
        public Builder sslParameters(SSLParameters sslParameters) {
            delegateBuilder().sslParameters(sslParameters);
            return this;
        }

        @Override
        public Builder executor(Executor executor) {
            delegateBuilder().executor(executor);
            return this;
        }

        @Override
        public Builder followRedirects(Redirect policy) {
            // The delegate follows none: what it leads to is to be looked up, and kept, by itself.
            delegateBuilder().followRedirects(Redirect.NEVER);
            redirects = Objects.requireNonNull(policy, "policy");
            return this;
        }

        @Override
        public Builder version(Version version) {
            delegateBuilder().version(version);
            return this;
        }

        @Override
        public Builder priority(int priority) {
            delegateBuilder().priority(priority);
            return this;
        }

        @Override
        public Builder proxy(ProxySelector proxySelector) {
            delegateBuilder().proxy(proxySelector);
            return this;
        }

        @Override
        public Builder authenticator(Authenticator authenticator) {
            delegateBuilder().authenticator(authenticator);
            return this;
        }

        // No @Override: JDK 19 added it to HttpClient.Builder.

        /**
         * Binds the delegate's connections to a local address, from JDK 19 on.
         *
         * @throws UnsupportedOperationException on earlier JDKs
         */
        public Builder localAddress(@Nullable InetAddress localAddress) {
            LaterJdk.localAddress(delegateBuilder(), localAddress);
            return this;
        }

        private HttpClient.Builder delegateBuilder() {
            if (delegateBuilder == null) {
                throw new IllegalStateException(
                        "the delegate exists already: set this on the client that was given to newBuilder");
            }
            return delegateBuilder;
        }

        /**
         * Returns the client.
         *
         * @throws IllegalStateException if there is no store
         */
        @Override
        public CachingHttpClient build() {
            if (store == null) {
                throw new IllegalStateException(
                        "a caching client needs a store: add store(CacheStores.open(\"memory:?maxBytes=64MiB\"))");
            }
            HttpClient delegate = existing == null ? delegateBuilder().build() : existing;
            ExecutorService own = delegate.executor().isPresent()
                    ? null
                    : Executors.newCachedThreadPool(Threads.daemons("larder-client"));
            return new CachingHttpClient(
                    delegate,
                    own,
                    redirects,
                    store,
                    new CacheEngine.Settings(
                            List.copyOf(rules),
                            List.copyOf(listeners),
                            clock,
                            cacheBudget,
                            maxEntryBytes,
                            maxRequestBytes,
                            shared,
                            List.copyOf(targets)));
        }
    }
}
