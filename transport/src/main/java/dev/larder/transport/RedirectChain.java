package dev.larder.transport;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A request, and those that redirects make of it, each answered from the cache or upstream as any other: so that a
 * redirect that is kept costs nothing, and what it leads to is kept under its own URI.
 */
final class RedirectChain<T> {
    private static final int LIMIT = limit();

    private final HttpClient.Redirect policy;
    private final HttpResponse.BodyHandler<T> handler;
    private HttpRequest request;
    private int requests = 1;
    private @Nullable HttpResponse<T> previous;

    RedirectChain(HttpClient.Redirect policy, HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        this.policy = policy;
        this.request = request;
        this.handler = handler;
    }

    /** The limit of the JDK's client, which counts the first request too. */
    private static int limit() {
        int limit = Integer.getInteger("jdk.httpclient.redirects.retrylimit", 5);
        return limit > 0 ? limit : 5;
    }

    /** Returns the request to send now. */
    HttpRequest request() {
        return request;
    }

    /** Returns the handler to send it with: the caller's, which sees the last response only. */
    HttpResponse.BodyHandler<T> handler() {
        HttpRequest sent = request;
        int count = requests;
        return info ->
                isFollowed(sent, count, info) ? HttpResponse.BodySubscribers.replacing(null) : handler.apply(info);
    }

    private boolean isFollowed(HttpRequest sent, int count, HttpResponse.ResponseInfo info) {
        try {
            return count < LIMIT && Redirection.next(policy, sent, info.statusCode(), info.headers()) != null;
        } catch (IOException e) {
            // Thrown once the response is there.
            return true;
        }
    }

    /**
     * Takes the response to {@link #request()}; returns it as the last one, with those before it, or null if another
     * request follows.
     *
     * @throws IOException if it leads nowhere
     */
    @Nullable
    HttpResponse<T> answered(HttpResponse<T> response) throws IOException {
        HttpResponse<T> chained = previous == null ? response : new Chained<>(response, previous);
        HttpRequest next = Redirection.next(policy, request, response.statusCode(), response.headers());
        if (next == null || requests >= LIMIT) {
            return chained;
        }
        previous = chained;
        request = next;
        requests++;
        return null;
    }

    /** A response with the one that led to it. */
    private record Chained<T>(HttpResponse<T> response, HttpResponse<T> previous) implements HttpResponse<T> {
        @Override
        public int statusCode() {
            return response.statusCode();
        }

        @Override
        public HttpRequest request() {
            return response.request();
        }

        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            // An answer that came by a login has one of its own before it.
            return response.previousResponse().isPresent() ? response.previousResponse() : Optional.of(previous);
        }

        @Override
        public HttpHeaders headers() {
            return response.headers();
        }

        @Override
        public T body() {
            return response.body();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return response.sslSession();
        }

        @Override
        public URI uri() {
            return response.uri();
        }

        @Override
        public HttpClient.Version version() {
            return response.version();
        }

        @Override
        public String toString() {
            return response.toString();
        }
    }
}
