package dev.larder.perf.micro;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Answers every call at once and in the caller's thread with the same response, so that what a cache does with it can
 * be measured without a network.
 */
final class CannedClient extends HttpClient {
    private final byte[] body;
    private final Info info;
    private long calls;

    private record Info(int statusCode, HttpHeaders headers, Version version) implements HttpResponse.ResponseInfo {}

    private record Response<T>(HttpRequest request, Info info, T body) implements HttpResponse<T> {
        @Override
        public int statusCode() {
            return info.statusCode();
        }

        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public HttpHeaders headers() {
            return info.headers();
        }

        @Override
        public Optional<javax.net.ssl.SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public Version version() {
            return info.version();
        }
    }

    /** Answers with 200, these fields and this body. */
    CannedClient(Map<String, List<String>> fields, byte[] body) {
        this.body = body;
        info = new Info(200, HttpHeaders.of(fields, (name, value) -> true), Version.HTTP_1_1);
    }

    /** Returns how many calls there were. */
    long calls() {
        return calls;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        calls++;
        HttpResponse.BodySubscriber<T> subscriber = handler.apply(info);
        subscriber.onSubscribe(new WholeBody(subscriber));
        return new Response<>(
                request, info, subscriber.getBody().toCompletableFuture().join());
    }

    /** Delivers the body when the first piece is asked for. */
    private final class WholeBody implements Flow.Subscription {
        private final Flow.Subscriber<List<ByteBuffer>> subscriber;
        private boolean isOver;

        private WholeBody(Flow.Subscriber<List<ByteBuffer>> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long pieces) {
            if (!isOver) {
                isOver = true;
                subscriber.onNext(List.of(ByteBuffer.wrap(body).asReadOnlyBuffer()));
                subscriber.onComplete();
            }
        }

        @Override
        public void cancel() {
            isOver = true;
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        return CompletableFuture.completedFuture(send(request, handler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            HttpResponse.BodyHandler<T> handler,
            HttpResponse.@Nullable PushPromiseHandler<T> pushPromiseHandler) {
        return sendAsync(request, handler);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return Optional.empty();
    }

    @Override
    public Redirect followRedirects() {
        return Redirect.NEVER;
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return Optional.empty();
    }

    @Override
    public SSLContext sslContext() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has a default context", e);
        }
    }

    @Override
    public SSLParameters sslParameters() {
        return new SSLParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return Optional.empty();
    }

    @Override
    public Version version() {
        return Version.HTTP_1_1;
    }

    @Override
    public Optional<Executor> executor() {
        return Optional.empty();
    }
}
