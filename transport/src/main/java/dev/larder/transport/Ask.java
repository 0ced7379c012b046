package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * A request that the cache answers.
 *
 * @param request as the caller gave it
 * @param forward as it goes upstream: the same, with a body that can be sent although it was read for the key
 */
record Ask(HttpRequest request, HttpRequest forward, CacheRule rule, CacheKey key) {
    /** Returns this for a caller who has waited already, and has {@code timeout} left for the call of its own. */
    Ask within(Duration timeout) {
        return new Ask(
                request, new ForwardedRequest(forward, forward.bodyPublisher(), Optional.of(timeout)), rule, key);
    }
}
