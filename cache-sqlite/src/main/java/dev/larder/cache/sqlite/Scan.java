package dev.larder.cache.sqlite;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import dev.larder.cache.sqlite.WriteOps.RecencyOp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * One walk over all entries, the most recently used first.
 *
 * <p>The ids are read at once, 8 bytes each, and the rows then in batches, so that no cursor is open while the visitor
 * runs. What waits in the overlay is visited from there, and its keys are passed over in the file: whether a put is
 * written before or after the ids are read, it is visited once.
 */
final class Scan {
    private static final int BATCH_ROWS = 64;
    private static final long BATCH_BYTES = 4 << 20;

    /** How long the order may cost: what is not written by then is visited by its older recency. */
    private static final Duration FOR_ORDER = Duration.ofMillis(250);

    private final SqliteReaders readers;
    private final SqliteWriter writer;
    private final Overlay overlay;
    private final Recency recency;
    private final Scrubber scrubber;
    private final StatsCounter stats;
    private final InstantSource clock;

    Scan(
            SqliteReaders readers,
            SqliteWriter writer,
            Overlay overlay,
            Recency recency,
            Scrubber scrubber,
            StatsCounter stats,
            InstantSource clock) {
        this.readers = readers;
        this.writer = writer;
        this.overlay = overlay;
        this.recency = recency;
        this.scrubber = scrubber;
        this.stats = stats;
        this.clock = clock;
    }

    void run(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        writeRecency(deadline);
        Set<CacheKey> visited = new HashSet<>();
        List<Put> waiting = overlay.snapshot();
        long[] ids = readIds(deadline);
        for (Put put : waiting) {
            visited.add(put.key());
            CacheEntry entry = put.entry();
            if (entry != null) {
                visit(put.key(), entry, visitor, deadline);
            }
        }
        int next = 0;
        while (next < ids.length) {
            int from = next;
            int to = Math.min(ids.length, from + BATCH_ROWS);
            ReadSession.Batch batch = readRows(ids, from, to, deadline);
            next = batch.next();
            for (ReadSession.ScannedRow scanned : batch.rows()) {
                CacheEntry entry = scrubber.decode(scanned.prefix(), scanned.row());
                if (entry != null) {
                    CacheKey key = CacheKey.of(scanned.row().key());
                    if (!visited.contains(key)) {
                        visit(key, entry, visitor, deadline);
                    }
                }
            }
        }
    }

    /** Returns all ids, or where the file is damaged those up to there. */
    private long[] readIds(Deadline deadline) {
        Ids ids = new Ids();
        try {
            read(deadline, session -> {
                session.idsByRecency(ids);
                return ids;
            });
        } catch (DamagedFileException e) {
            scrubber.unreadable(Sql.IDS_BY_RECENCY, Long.MAX_VALUE, e);
        }
        return ids.toArray();
    }

    private ReadSession.Batch readRows(long[] ids, int from, int to, Deadline deadline) {
        try {
            return read(deadline, session -> session.findByIds(ids, from, to, BATCH_BYTES));
        } catch (DamagedFileException e) {
            if (to - from > 1) {
                return readRows(ids, from, from + 1, deadline);
            }
            scrubber.unreadable(Sql.FIND_BY_ID, ids[from], e);
            return new ReadSession.Batch(List.of(), to);
        }
    }

    private void visit(CacheKey key, CacheEntry entry, BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        checkDeadline(deadline);
        if (!entry.isExpiredAt(clock.instant())) {
            // The visitor's own exceptions are its caller's and not counted.
            visitor.accept(key, entry);
        }
    }

    private void checkDeadline(Deadline deadline) {
        try {
            deadline.check("scan");
        } catch (CacheStoreException e) {
            stats.recordFailure();
            throw e;
        }
    }

    private <T> T read(Deadline deadline, SqliteReaders.Query<T> query) throws DamagedFileException {
        try {
            deadline.check("scan");
            return readers.read("scan", deadline, query);
        } catch (CacheStoreException e) {
            stats.recordFailure();
            throw e;
        }
    }

    private void writeRecency(Deadline deadline) {
        Deadline soon = deadline.earlier(Deadline.after(FOR_ORDER));
        try {
            writer.execute(new RecencyOp(recency, soon), soon);
        } catch (CacheStoreException e) {
            if (Thread.currentThread().isInterrupted()) {
                stats.recordFailure();
                throw e;
            }
        }
    }
}
