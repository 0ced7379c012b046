package dev.larder.transport;

/** What a look for an answer came to: one is there, one is on its way, or this caller has to fetch it, or must not. */
sealed interface Lookup permits Lookup.Found, Lookup.Follow, Lookup.OnlyIfCached, Lead {

    /**
     * An answer that may be served.
     *
     * @param reuse fresh, or for what reason it may be stale
     * @param atMillis when that was so
     * @param freshForMillis how long it stays fresh; negative for how long it has been stale
     */
    record Found(StoredResponse response, Reuse reuse, long atMillis, long freshForMillis) implements Lookup {
        /** Returns how old the response was in seconds (RFC 9111 §5.1). */
        long ageSeconds() {
            return response.head().freshness().ageMillis(atMillis) / 1000;
        }

        boolean isStale() {
            return freshForMillis <= 0;
        }
    }

    /**
     * A call for the same answer is under way.
     *
     * @param flight was joined, and has to be left by whoever does not wait for its outcome
     */
    record Follow(Flight flight) implements Lookup {}

    /** There is nothing to serve, and the caller wants no call made (RFC 9111 §5.2.1.7). */
    record OnlyIfCached() implements Lookup {}
}
