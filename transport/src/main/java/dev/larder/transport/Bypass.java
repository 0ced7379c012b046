package dev.larder.transport;

/**
 * Why a call goes upstream without the cache.
 *
 * @param fwd the reason in the words of RFC 9211 §2.2: {@code bypass} or {@code request}
 * @param reason the reason in words for people; no quotes or backslashes; empty if {@code fwd} says it all
 */
record Bypass(String fwd, String reason) {
    /** The cache is configured not to handle the call. */
    static Bypass configured(String reason) {
        return new Bypass("bypass", reason);
    }

    /** The semantics of the method forbid an answer from the cache. */
    static Bypass method() {
        return new Bypass("method", "");
    }

    /** The request itself forbids an answer from the cache. */
    static Bypass requested(String reason) {
        return new Bypass("request", reason);
    }
}
