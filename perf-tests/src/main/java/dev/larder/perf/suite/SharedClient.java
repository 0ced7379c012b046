package dev.larder.perf.suite;

import dev.larder.perf.upstream.Upstream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * A client that several caching clients use one after another: closing one of them, which from JDK 21 on closes its
 * delegate, leaves this one and its connections open.
 */
public final class SharedClient extends HttpClient {
    static {
        // Once in some hundred thousand calls the JDK's client takes the answer on a connection that it reuses for data
        // which came too early, ends the connection (JDK-8338569, JDK-8357639), and sends a GET again but not a POST.
        if (System.getProperty("jdk.httpclient.enableAllMethodRetry") == null) {
            System.setProperty("jdk.httpclient.enableAllMethodRetry", "true");
        }
    }

    // Of all clients: they may call the same upstream.
    private static final AtomicLong CALLS = new AtomicLong();

    private final HttpClient delegate;
    private final boolean numbersCalls;

    private SharedClient(boolean numbersCalls) {
        this.delegate =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        this.numbersCalls = numbersCalls;
    }

    /** Returns a bare client of its own, for HTTP/1.1. */
    public static HttpClient open() {
        return new SharedClient(false);
    }

    /**
     * Returns one that gives each call a number, by which an upstream knows a call that this client sends again by
     * itself from one that it was asked for again.
     */
    public static HttpClient openNumbered() {
        return new SharedClient(true);
    }

    private HttpRequest numbered(HttpRequest request) {
        if (!numbersCalls) {
            return request;
        }
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .setHeader(Upstream.CALL_NUMBER, Long.toString(CALLS.incrementAndGet()))
                .build();
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return delegate.send(numbered(request), handler);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        return delegate.sendAsync(numbered(request), handler);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            HttpResponse.BodyHandler<T> handler,
            HttpResponse.@Nullable PushPromiseHandler<T> pushPromiseHandler) {
        return delegate.sendAsync(numbered(request), handler, pushPromiseHandler);
    }

    /** Inherited, it would throw. */
    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return delegate.newWebSocketBuilder();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return delegate.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return delegate.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return delegate.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return delegate.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return delegate.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return delegate.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return delegate.authenticator();
    }

    @Override
    public Version version() {
        return delegate.version();
    }

    @Override
    public Optional<Executor> executor() {
        return delegate.executor();
    }

    /** Does nothing. No @Override: JDK 21 added it to HttpClient. */
    public void close() {}
}
