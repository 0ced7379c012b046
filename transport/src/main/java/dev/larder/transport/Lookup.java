package dev.larder.transport;

import java.time.Duration;

/** What a look for an answer came to: one is there, one is on its way, or this caller has to fetch it. */
sealed interface Lookup permits Lookup.Found, Lookup.Follow, Lead {

    /**
     * An answer that may be served.
     *
     * @param freshFor how long it still may; positive
     */
    record Found(StoredResponse response, Duration freshFor) implements Lookup {}

    /**
     * A call for the same answer is under way.
     *
     * @param flight was joined, and has to be left by whoever does not wait for its outcome
     */
    record Follow(Flight flight) implements Lookup {}
}
