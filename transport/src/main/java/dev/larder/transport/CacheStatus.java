package dev.larder.transport;

import java.time.Duration;

/**
 * The Cache-Status field: one member of ours behind whatever caches nearer to the origin have said (RFC 9211 §2).
 */
final class CacheStatus {
    static final String FIELD = "Cache-Status";

    private static final String NAME = "larder";

    // RFC 8941 §3.3.1
    private static final long LARGEST_INTEGER = 999_999_999_999_999L;

    private CacheStatus() {}

    /** RFC 9211 §2.1 and §2.4: served without going forward, and for how long it stays fresh. */
    static String hit(Duration freshFor) {
        return NAME + "; hit; ttl=" + Math.min(freshFor.toSeconds(), LARGEST_INTEGER);
    }

    /** RFC 9211 §2.2 and §2.6: went forward because nothing was kept under the key. */
    static String miss(boolean stored) {
        return NAME + "; fwd=miss" + (stored ? "; stored" : "");
    }

    /** RFC 9211 §2.7: answered together with another call that went forward. */
    static String collapsed() {
        return NAME + "; fwd=miss; collapsed";
    }

    /** RFC 9211 §2.2 and §2.9: the cache had no part in it. */
    static String forwarded(Bypass bypass) {
        return NAME + "; fwd=" + bypass.fwd() + "; detail=\"" + bypass.reason() + "\"";
    }
}
