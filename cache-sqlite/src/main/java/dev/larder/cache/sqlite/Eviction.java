package dev.larder.cache.sqlite;

import java.sql.SQLException;
import java.time.InstantSource;

/**
 * Keeps the file within its bounds: first what has expired goes, then what was not used for longest.
 *
 * <p>Works in slices, so that no transaction grows with the overshoot. Recency is exact although readers do not write
 * it: a candidate that was used since is given its new place in the order instead of being evicted, and the next one
 * is looked at. Only candidates ever pay for that.
 *
 * <p>What the file occupies is asked for only where it matters: to ask costs a microsecond or two, which a put that is
 * alone in its group would feel, and a file that is half full is not full one put later.
 */
final class Eviction {
    /** Rows in one transaction: few enough that puts behind it do not notice. */
    static final int SLICE = 256;

    /** Where one entry makes room for one other, which is the usual case, few candidates are enough. */
    private static final int FEW = 8;

    /** What a row may occupy beyond what it counts for: parts of pages, and of index pages at their emptiest. */
    private static final int ROW_SLACK = 4 * Connections.PAGE_SIZE;

    /** How far a slice came: entries evicted, and rows dealt with in any way, expired or moved ahead ones too. */
    record Slice(int evicted, int handled) {
        static final Slice NONE = new Slice(0, 0);
    }

    private final long maxBytes;
    private final long maxEntries;
    private final InstantSource clock;
    private final Recency recency;
    // How many bytes can be written, at the least, until the file can be full.
    private long margin;

    Eviction(Settings settings, Recency recency) {
        maxBytes = settings.maxBytes();
        maxEntries = settings.maxEntries();
        clock = settings.clock();
        this.recency = recency;
    }

    boolean isOver(Totals totals) {
        return totals.entries() > maxEntries || totals.bounded() > maxBytes;
    }

    /** Returns whether a bound is so near that soon something will have to go. */
    boolean isNear(Totals totals) {
        return totals.entries() > maxEntries - maxEntries / 8 || totals.bounded() > maxBytes - maxBytes / 8;
    }

    /** Notes that so much was written inside the transaction that is under way. */
    void wrote(long rows, long bytes) {
        margin -= bytes + rows * ROW_SLACK;
    }

    /** Returns how much there is, and what the file occupies if that may matter. */
    Totals totals(WriteSession session) throws SQLException {
        if (margin > 0) {
            return session.totals(false);
        }
        Totals totals = session.totals(true);
        margin = (maxBytes - totals.bounded()) / 2;
        return totals;
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
        if (!isOver(totals(session))) {
            return Slice.NONE;
        }
        int expired = eraseExpired(session);
        if (expired == SLICE) {
            return new Slice(0, expired);
        }
        int evicted = 0;
        int seen = 0;
        Totals totals = totals(session);
        while (isOver(totals) && seen < SLICE) {
            long tooMany = totals.entries() - maxEntries;
            long tooLarge = totals.bounded() - maxBytes;
            var candidates = session.leastRecent((int) Math.min(SLICE - seen, Math.max(FEW, tooMany)));
            if (candidates.isEmpty()) {
                break;
            }
            for (WriteSession.Candidate candidate : candidates) {
                if (tooMany <= 0 && tooLarge <= 0) {
                    break;
                }
                seen++;
                long usedAt = recency.usedAt(candidate.prefix());
                if (usedAt > candidate.usedAt()) {
                    session.touch(candidate.prefix(), usedAt);
                } else {
                    session.removeById(candidate.id());
                    tooMany--;
                    tooLarge -= candidate.size();
                    evicted++;
                }
            }
            totals = totals(session);
        }
        return new Slice(evicted, expired + seen);
    }
}
