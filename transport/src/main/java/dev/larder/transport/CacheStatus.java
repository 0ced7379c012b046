package dev.larder.transport;

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
    static String hit(long freshForMillis) {
        // Rounded down, so that what is stale has a negative one (§2.5).
        return NAME + "; hit; ttl=" + Math.min(Math.floorDiv(freshForMillis, 1000L), LARGEST_INTEGER);
    }

    /**
     * RFC 9211 §2.2 and §2.3: went forward although something was kept, and this came back.
     *
     * @param stale whether that was for its age, rather than because the request asked for it
     */
    static String validated(boolean stale, int status, boolean stored) {
        return NAME + (stale ? "; fwd=stale" : "; fwd=request") + "; fwd-status=" + status + (stored ? "; stored" : "");
    }

    /** RFC 9211 §2.2 and §2.3: went forward because only a part was kept, and not all that was wanted. */
    static String partial(int status, boolean stored) {
        return NAME + "; fwd=partial; fwd-status=" + status + (stored ? "; stored" : "");
    }

    /** RFC 9211 §2.2: went forward to no avail, and what was kept stood in. */
    static String insteadOfError(int status) {
        return NAME + "; hit; fwd=stale" + (status == 0 ? "" : "; fwd-status=" + status)
                + "; detail=\"stale-if-error\"";
    }

    /** RFC 9111 §5.2.1.7: nothing to serve, and no leave to ask. */
    static String onlyIfCached() {
        return NAME + "; detail=\"only-if-cached\"";
    }

    /** RFC 9211 §2.2 and §2.6: went forward because nothing was kept under the key. */
    static String miss(boolean stored) {
        return NAME + "; fwd=miss" + (stored ? "; stored" : "");
    }

    /** RFC 9211 §2.2 and §2.3: went forward because what was kept is for other values of what it varies by. */
    static String varyMiss(int status, boolean stored) {
        return NAME + "; fwd=vary-miss; fwd-status=" + status + (stored ? "; stored" : "");
    }

    /** RFC 9211 §2.2 and §2.6: went forward because of its method, and the answer is for others. */
    static String method(boolean stored) {
        return forwarded(Bypass.method()) + (stored ? "; stored" : "");
    }

    /** RFC 9211 §2.7: answered together with another call that went forward. */
    static String collapsed() {
        return NAME + "; fwd=miss; collapsed";
    }

    /** RFC 9211 §2.2 and §2.9: the cache had no part in it. */
    static String forwarded(Bypass bypass) {
        return NAME + "; fwd=" + bypass.fwd()
                + (bypass.reason().isEmpty() ? "" : "; detail=\"" + bypass.reason() + "\"");
    }
}
