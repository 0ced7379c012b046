package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that the cache answers.
 *
 * @param request as the caller gave it
 * @param body its body, which was read for the key
 * @param timeout what the caller has left of the time that was given
 * @param asked the request's own directives
 * @param conditional whether the request has conditions of its own, or asks for a part: what comes back for it may fit
 *     no other caller
 * @param policy by what the call is judged
 * @param key of all answers to this request, whatever they vary by
 * @param hiddenCookies what the client would have added by itself when the key was made
 */
record Ask(
        HttpRequest request,
        RequestBody body,
        Optional<Duration> timeout,
        CacheControl asked,
        boolean conditional,
        Policy policy,
        CacheKey key,
        List<String> hiddenCookies) {

    /** Returns whether no other call may wait for the answer to this one. */
    boolean isPersonal() {
        return conditional || isHead();
    }

    boolean isHead() {
        return request.method().equals("HEAD");
    }

    /** Returns whether this is a HEAD that what is kept of GET answers. */
    boolean isHeadOfGet() {
        return isHead() && !policy.isForced();
    }

    /** Returns whether this is a POST whose answer is kept for GET. */
    boolean isPostForGet() {
        return request.method().equals("POST") && !policy.isForced();
    }

    /** Returns this under the key of the answers to HEAD, which are kept apart from those to GET. */
    Ask underHead() {
        return new Ask(request, body, timeout, asked, conditional, policy, KeyHasher.headOf(key), hiddenCookies);
    }

    /** Returns the request as it goes upstream: with a body that can be sent although it was read. */
    HttpRequest forward() {
        return body.isEmpty() && timeout.equals(request.timeout())
                ? request
                : new ForwardedRequest(request, request.headers(), body.publisherFor(request), timeout);
    }

    /** Returns the request as it goes upstream with other conditions than the caller's, if any. */
    HttpRequest forward(Map<String, String> conditions) {
        return new ForwardedRequest(
                request, ForwardedRequest.replaced(request.headers(), conditions), body.publisherFor(request), timeout);
    }

    /** Returns this without what only its caller has asked for, to fetch what may be kept for everybody. */
    Ask forEverybody() {
        if (!conditional) {
            return this;
        }
        HttpHeaders headers = HttpHeaders.of(
                request.headers().map(), (name, value) -> !KeyHeader.of(name).isCondition());
        HttpRequest plain = new ForwardedRequest(request, headers, request.bodyPublisher(), timeout);
        return new Ask(plain, body, timeout, asked, false, policy, key, hiddenCookies);
    }

    /** Returns this for a caller who has waited already, and has {@code timeout} left for the call of its own. */
    Ask within(Duration timeout) {
        return new Ask(request, body, Optional.of(timeout), asked, conditional, policy, key, hiddenCookies);
    }
}
