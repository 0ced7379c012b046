package dev.larder.transport;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A client that is another one in everything but how it sends. */
abstract class DelegatingHttpClient extends HttpClient {
    private final HttpClient delegate;

    DelegatingHttpClient(HttpClient delegate) {
        this.delegate = delegate;
    }

    final HttpClient delegate() {
        return delegate;
    }

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

    // No @Override on these: JDK 21 added them to HttpClient.

    /** Lets calls under way finish and refuses new upstream calls, from JDK 21 on. */
    public void shutdown() {
        LaterJdk.shutdown(delegate);
    }

    /** Ends upstream calls under way and refuses new ones, from JDK 21 on. */
    public void shutdownNow() {
        LaterJdk.shutdownNow(delegate);
    }

    /** Returns whether the client was shut down and no call is under way; never so before JDK 21. */
    public boolean isTerminated() {
        return LaterJdk.isTerminated(delegate);
    }

    /**
     * Waits for the calls under way to finish after a shutdown, from JDK 21 on.
     *
     * @return whether they did in time
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    public boolean awaitTermination(Duration duration) throws InterruptedException {
        return LaterJdk.awaitTermination(delegate, duration);
    }
}
