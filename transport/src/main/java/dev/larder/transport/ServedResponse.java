package dev.larder.transport;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A response as a caller sees it: to the caller's own request, with our member of Cache-Status.
 *
 * @param upstream the response that the delegate gave; null on a hit
 */
record ServedResponse<T>(
        HttpRequest request,
        int statusCode,
        HttpHeaders headers,
        HttpClient.Version version,
        T body,
        @Nullable HttpResponse<T> upstream)
        implements HttpResponse<T> {

    /** Returns {@code upstream} as the answer to {@code request}, with {@code cacheStatus} appended. */
    static <T> HttpResponse<T> labelled(HttpRequest request, HttpResponse<T> upstream, String cacheStatus) {
        return new ServedResponse<>(
                request,
                upstream.statusCode(),
                CacheStatus.append(upstream.headers(), cacheStatus),
                upstream.version(),
                upstream.body(),
                upstream);
    }

    @Override
    public HttpRequest request() {
        // After a redirect or a login the delegate's request is another one than the caller's.
        return upstream == null || upstream.request().uri().equals(request.uri()) ? request : upstream.request();
    }

    @Override
    public URI uri() {
        return upstream == null ? request.uri() : upstream.uri();
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
        return upstream == null ? Optional.empty() : upstream.previousResponse();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return upstream == null ? Optional.empty() : upstream.sslSession();
    }

    @Override
    public String toString() {
        return "(" + request.method() + " " + uri() + ") " + statusCode;
    }
}
