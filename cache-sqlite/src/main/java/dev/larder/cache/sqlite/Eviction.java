package dev.larder.cache.sqlite;

import java.sql.SQLException;
import java.time.InstantSource;

/**
 * Keeps the file within its bounds: first what has expired goes, then what was not used for longest.
 *
 * <p>Works in slices, so that no transaction grows with the overshoot. Recency is exact although readers do not write
 * it: a candidate that was used since is given its new place in the order instead of being evicted, and the next one
 * is looked at. Only candidates ever pay for that.
 */
final class Eviction {
    /** Rows in one transaction: few enough that puts behind it do not notice. */
    static final int SLICE = 256;

    /** How far a slice came: entries evicted, and rows dealt with in any way, expired or moved ahead ones too. */
    record Slice(int evicted, int handled) {
        static final Slice NONE = new Slice(0, 0);
    }

    private final long maxBytes;
    private final long maxEntries;
    private final InstantSource clock;
    private final Recency recency;

    Eviction(Settings settings, Recency recency) {
        maxBytes = settings.maxBytes();
        maxEntries = settings.maxEntries();
        clock = settings.clock();
        this.recency = recency;
    }

    boolean isOver(Totals totals) {
        return totals.entries() > maxEntries || totals.bytes() > maxBytes;
    }

    /** Returns whether there is anything to erase that may not be served any more. */
    boolean anyExpired(WriteSession session) throws SQLException {
        return session.anyExpired(Times.millisDown(clock.instant()));
    }

    /** Erases one slice of what has expired, and returns how many there were. */
    int eraseExpired(WriteSession session) throws SQLException {
        return session.removeExpired(Times.millisDown(clock.instant()), SLICE);
    }

    /** Erases what exceeds the bounds, up to one slice, inside the session's transaction. */
    Slice evict(WriteSession session) throws SQLException {
        if (!isOver(session.totals())) {
            return Slice.NONE;
        }
        int expired = eraseExpired(session);
        if (expired == SLICE) {
            return new Slice(0, expired);
        }
        Totals totals = session.totals();
        int evicted = 0;
        int seen = 0;
        while (isOver(totals) && seen < SLICE) {
            // Where one entry makes room for one other, which is the usual case, few candidates are enough.
            int wanted = (int) Math.min(SLICE - seen, Math.max(8, totals.entries() - maxEntries));
            var candidates = session.leastRecent(wanted);
            if (candidates.isEmpty()) {
                break;
            }
            for (WriteSession.Candidate candidate : candidates) {
                if (!isOver(totals)) {
                    break;
                }
                seen++;
                Long usedAt = recency.take(candidate.prefix());
                if (usedAt != null) {
                    session.touch(candidate.prefix(), usedAt);
                } else {
                    session.removeById(candidate.id());
                    totals = totals.less(candidate.size());
                    evicted++;
                }
            }
        }
        return new Slice(evicted, expired + seen);
    }
}
