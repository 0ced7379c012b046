package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request that the cache answers.
 *
 * @param request as the caller gave it
 * @param body its body, which was read for the key
 * @param timeout what the caller has left of the time that was given
 * @param hiddenCookies what the client would have added by itself when the key was made
 */
record Ask(
        HttpRequest request,
        RequestBody body,
        Optional<Duration> timeout,
        CacheRule rule,
        CacheKey key,
        List<String> hiddenCookies) {

    /** Returns the request as it goes upstream: with a body that can be sent although it was read. */
    HttpRequest forward() {
        return body.isEmpty() && timeout.equals(request.timeout())
                ? request
                : new ForwardedRequest(request, body.publisherFor(request), timeout);
    }

    /** Returns this for a caller who has waited already, and has {@code timeout} left for the call of its own. */
    Ask within(Duration timeout) {
        return new Ask(request, body, Optional.of(timeout), rule, key, hiddenCookies);
    }
}
