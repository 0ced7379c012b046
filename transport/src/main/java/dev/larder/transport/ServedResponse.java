package dev.larder.transport;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A response as a caller sees it: to the caller's own request, with our member of Cache-Status. */
final class ServedResponse<T> implements HttpResponse<T> {
    private final HttpRequest request;
    private final ServedHead head;
    private final T body;
    private final @Nullable HttpResponse<T> upstream;

    /** Makes the answer to {@code request} from what is kept. */
    ServedResponse(HttpRequest request, ServedHead head, T body) {
        this(request, head, body, null);
    }

    private ServedResponse(HttpRequest request, ServedHead head, T body, @Nullable HttpResponse<T> upstream) {
        this.request = request;
        this.head = head;
        this.body = body;
        this.upstream = upstream;
    }

    /** Returns {@code upstream} as the answer to {@code request}, with {@code cacheStatus} appended. */
    static <T> HttpResponse<T> labelled(HttpRequest request, HttpResponse<T> upstream, String cacheStatus) {
        return headed(
                request,
                upstream,
                ServedHead.labelled(upstream.statusCode(), upstream.version(), upstream.headers(), cacheStatus));
    }

    /** Returns {@code upstream} as the answer to {@code request}, under another head. */
    static <T> HttpResponse<T> headed(HttpRequest request, HttpResponse<T> upstream, ServedHead head) {
        return new ServedResponse<>(request, head, upstream.body(), upstream);
    }

    @Override
    public int statusCode() {
        return head.statusCode();
    }

    @Override
    public HttpHeaders headers() {
        return head.headers();
    }

    @Override
    public HttpClient.Version version() {
        return head.version();
    }

    @Override
    public T body() {
        return body;
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
        return "(" + request.method() + " " + uri() + ") " + statusCode();
    }
}
