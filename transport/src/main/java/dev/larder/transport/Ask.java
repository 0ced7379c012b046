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
 * @param forward as it goes upstream: the same, with a body that can be sent although it was read for the key
 * @param hiddenCookies what the client would have added by itself when the key was made
 */
record Ask(HttpRequest request, HttpRequest forward, CacheRule rule, CacheKey key, List<String> hiddenCookies) {
    /** Returns this for a caller who has waited already, and has {@code timeout} left for the call of its own. */
    Ask within(Duration timeout) {
        return new Ask(
                request,
                new ForwardedRequest(request, forward.bodyPublisher(), Optional.of(timeout)),
                rule,
                key,
                hiddenCookies);
    }
}
