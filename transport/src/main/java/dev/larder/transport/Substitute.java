package dev.larder.transport;

import org.jspecify.annotations.Nullable;

/**
 * What is served instead of a response, or a failure, that came.
 *
 * @param cacheStatus our member of Cache-Status
 */
record Substitute(Lookup.Found found, String cacheStatus) {
    /** Returns what serves a follower as well whose leader was served in place of an error, if anything may. */
    static @Nullable Substitute forFollower(CacheEngine engine, Ask ask, Flight.Outcome outcome) {
        if (!(outcome instanceof Flight.StoodIn stoodIn)) {
            return null;
        }
        Lookup.Found found = engine.insteadOfError(ask, stoodIn.response(), stoodIn.status() == 0);
        if (found == null) {
            return null;
        }
        engine.events().emit(CacheEvent.Type.STALE, ask.request(), ask.key(), "another call ended in an error");
        return new Substitute(found, CacheStatus.insteadOfError(stoodIn.status()));
    }
}
