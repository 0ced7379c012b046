package dev.larder.transport;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A caller's request as it goes upstream: with a body that was read already and can be sent any number of times, and
 * with what is left of the time the caller gave.
 */
final class ForwardedRequest extends HttpRequest {
    private final HttpRequest request;
    private final HttpHeaders headers;
    private final Optional<BodyPublisher> body;
    private final Optional<Duration> timeout;

    ForwardedRequest(
            HttpRequest request, HttpHeaders headers, Optional<BodyPublisher> body, Optional<Duration> timeout) {
        this.request = request;
        this.headers = headers;
        this.body = body;
        this.timeout = timeout;
    }

    /** Returns {@code headers} with these fields in place of any of their names. */
    static HttpHeaders replaced(HttpHeaders headers, Map<String, String> fields) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers.map());
        fields.forEach((name, value) -> all.put(name, List.of(value)));
        return HttpHeaders.of(all, (name, value) -> true);
    }

    @Override
    public Optional<BodyPublisher> bodyPublisher() {
        return body;
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public Optional<Duration> timeout() {
        return timeout;
    }

    @Override
    public boolean expectContinue() {
        return request.expectContinue();
    }

    @Override
    public URI uri() {
        return request.uri();
    }

    @Override
    public Optional<HttpClient.Version> version() {
        return request.version();
    }

    @Override
    public HttpHeaders headers() {
        return headers;
    }
}
