package dev.larder.transport;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * A caller's request as it goes upstream: with a body that was read already and can be sent any number of times, and
 * with what is left of the time the caller gave.
 */
final class ForwardedRequest extends HttpRequest {
    private final HttpRequest request;
    private final Optional<BodyPublisher> body;
    private final Optional<Duration> timeout;

    ForwardedRequest(HttpRequest request, Optional<BodyPublisher> body, Optional<Duration> timeout) {
        this.request = request;
        this.body = body;
        this.timeout = timeout;
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
        return request.headers();
    }
}
