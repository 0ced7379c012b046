package dev.larder.transport;

import dev.larder.transport.CacheControl.Directive;

/** What a stored response that fits a request may be used for (RFC 9111 §4, RFC 5861, RFC 8246). */
enum Reuse {
    /** It is fresh, and fresh enough for this request. */
    FRESH,

    /** It is stale, but less so than the request puts up with. */
    STALE_ALLOWED,

    /** It is stale and may be served for once more, while a validation is on its way. */
    STALE_WHILE_REVALIDATE,

    /** It has to be validated first; should that fail, {@link #mayServeOnError} tells whether it may serve after all. */
    REVALIDATE,

    /** It has to be validated first, and nothing excuses that. */
    MUST_REVALIDATE;

    /**
     * Returns the use that {@code request} may make of a stored response with the directives {@code response}.
     *
     * <p>{@code only-if-cached} has no part in it: where that stands, whatever is not served is a 504 (§5.2.1.7).
     */
    static Reuse of(CacheControl request, CacheControl response, Freshness freshness, long nowMillis, boolean shared) {
        // §5.2.2.4; with a list of fields, it is those that are left out instead.
        if (response.noCache()) {
            return MUST_REVALIDATE;
        }
        long age = freshness.ageMillis(nowMillis);
        boolean fresh = age < freshness.lifetimeMillis();
        if (!fresh && mayNeverBeStale(response, shared)) {
            return MUST_REVALIDATE;
        }
        // §5.2.1.4
        if (request.has(Directive.NO_CACHE)) {
            return REVALIDATE;
        }
        long tooMuch = excessMillis(request, response, freshness, age, fresh);
        if (tooMuch < 0) {
            return FRESH;
        }
        // §5.2.1.2, which also loosens the request's own max-age (§5.2.1.1) and min-fresh.
        if (isWithin(tooMuch, request.maxStale())) {
            return fresh ? FRESH : STALE_ALLOWED;
        }
        // RFC 5861 §3, for callers who did not say how old an answer may be.
        return !fresh && !isChoosy(request) && isWithin(tooMuch, response.staleWhileRevalidate())
                ? STALE_WHILE_REVALIDATE
                : REVALIDATE;
    }

    /**
     * Returns whether a stored response may answer a request whose validation has failed (RFC 9111 §4.2.4, RFC 5861
     * §4).
     *
     * @param disconnected whether no origin server could be reached, rather than that it answered with an error
     */
    static boolean mayServeOnError(
            CacheControl request,
            CacheControl response,
            Freshness freshness,
            long nowMillis,
            boolean shared,
            boolean disconnected) {
        long staleMillis = -freshness.freshForMillis(nowMillis);
        if (response.noCache() || (staleMillis >= 0 && mayNeverBeStale(response, shared))) {
            return false;
        }
        if (isWithin(staleMillis, request.staleIfError())) {
            return true;
        }
        // A caller who asked for validation, or for no more than a certain age, was promised an error instead
        // (§5.2.1.1, §5.2.1.4).
        if (request.has(Directive.NO_CACHE) || isChoosy(request)) {
            return false;
        }
        if (response.staleIfError() >= 0) {
            return isWithin(staleMillis, response.staleIfError());
        }
        // §4.2.4: a cache that is cut off may serve stale responses unless it was told not to.
        return disconnected && request.staleIfError() < 0;
    }

    /** Returns whether a status is an error that stale responses may stand in for (RFC 5861 §4). */
    static boolean isError(int status) {
        return status == 500 || status == 502 || status == 503 || status == 504;
    }

    /**
     * Returns by how much the response is too old for the request, negative if it is not: beyond its own lifetime or
     * the request's {@code max-age}, whichever is shorter, less {@code min-fresh}.
     */
    private static long excessMillis(
            CacheControl request, CacheControl response, Freshness freshness, long age, boolean fresh) {
        long beyondLife = age - freshness.lifetimeMillis();
        if (request.minFresh() > 0) {
            // §5.2.1.3: a lifetime equal to the age then will do.
            long minFresh = request.minFresh() * 1000 - 1;
            beyondLife = beyondLife > Long.MAX_VALUE - minFresh ? Long.MAX_VALUE : beyondLife + minFresh;
        }
        // RFC 8246 §2: what does not change while it is fresh need not be asked for again on account of its age.
        if (request.maxAge() < 0 || (fresh && response.immutable())) {
            return beyondLife;
        }
        // §5.2.1.1: an age equal to max-age will do; but max-age=0 is how validation is asked for.
        long limit = request.maxAge() == 0 ? 0 : request.maxAge() * 1000 + 1;
        return Math.max(beyondLife, age - limit);
    }

    /** §4.2.4: §5.2.2.2, and for shared caches §5.2.2.8 and §5.2.2.10. */
    private static boolean mayNeverBeStale(CacheControl response, boolean shared) {
        return response.mustRevalidate()
                || (shared && (response.proxyRevalidate() || response.has(Directive.S_MAXAGE)));
    }

    private static boolean isChoosy(CacheControl request) {
        return request.maxAge() >= 0 || request.minFresh() >= 0 || request.maxStale() >= 0;
    }

    private static boolean isWithin(long millis, long seconds) {
        // RFC 9111 §1.2.2: the largest number stands for no end at all.
        return seconds == DeltaSeconds.LARGEST || (seconds > 0 && millis <= seconds * 1000);
    }
}
