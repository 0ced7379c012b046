package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.net.http.HttpHeaders;

/**
 * Hands to the store what one upstream call has brought, or has shown to be still right: nothing that was asked for
 * before its URI was changed.
 */
final class Keeper {
    private final CacheEngine engine;
    private final Ask ask;
    private final Kept kept;
    private final Flight flight;

    /** @param kept what the store had for the request before the call */
    Keeper(CacheEngine engine, Ask ask, Kept kept, Flight flight) {
        this.engine = engine;
        this.ask = ask;
        this.kept = kept;
        this.flight = flight;
    }

    /** Returns the key of all answers to this request and its like. */
    CacheKey key() {
        return ask.isHeadOfGet() ? KeyHasher.headOf(ask.key()) : ask.key();
    }

    /** Keeps the answer, and ends the flight with it; false if it is out of date already. */
    boolean keep(StoredResponse response) {
        VaryIndex known = kept.index();
        VaryIndex index = response.head().varyNames().isEmpty() ? null : VaryIndex.with(known, key(), response);
        return engine.writer()
                .write(response, index == null || index.equals(known) ? null : index, flight, ask, this::isChanged);
    }

    /** Keeps another response than the answer, which the call has brought up to date. */
    void keepBeside(StoredResponse response) {
        var unused = engine.writer().write(response, null, new Flight(true), ask, this::isChanged);
    }

    /**
     * RFC 9111 §4.3.5: the answer to HEAD tells whether what is kept for GET is still right.
     *
     * @param update its fields
     */
    void compareWithGet(int status, HttpHeaders update, long requestedAtMillis) {
        StoredResponse old = kept.response();
        if (old == null || status != 200) {
            return;
        }
        if (Validation.isSame(update, old.head().headers(), old.completeLength())) {
            long now = engine.clock().millis();
            keepBeside(old.updated(ask.policy(), update, requestedAtMillis, now));
        } else {
            engine.outdated(ask.request());
        }
    }

    /** Returns whether what this call asked for has been changed or purged since. */
    private boolean isChanged() {
        return engine.changes().of(ask) != flight.changes();
    }
}
