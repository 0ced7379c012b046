package dev.larder.cache.sqlite;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import dev.larder.cache.sqlite.WriteOps.ProbeOp;
import dev.larder.cache.sqlite.WriteOps.RecencyOp;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
    private static final Logger LOGGER = System.getLogger(Scan.class.getName());
    private static final int BATCH_ROWS = 64;
    private static final long BATCH_BYTES = 4 << 20;

    /** How long the order may cost: what is not written by then is visited by its older recency. */
    private static final Duration FOR_ORDER = Duration.ofMillis(250);

    /** How long a repair may cost: a scan has time. What cannot be read by then is passed over. */
    private static final Duration FOR_REPAIR = Duration.ofSeconds(2);

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

    /** Returns all ids, or where the file is damaged, and cannot be repaired, those up to there. */
    private long[] readIds(Deadline deadline) {
        Ids ids = new Ids();
        SqliteReaders.Query<Ids> query = session -> {
            session.idsByRecency(ids, deadline);
            return ids;
        };
        try {
            readRepaired(query, WriteSession::readIndex, deadline);
        } catch (DamagedFileException e) {
            LOGGER.log(Level.DEBUG, "a scan of a damaged file ends early", e);
        }
        return ids.toArray();
    }

    private ReadSession.Batch readRows(long[] ids, int from, int to, Deadline deadline) {
        SqliteReaders.Query<ReadSession.Batch> query = session -> session.findByIds(ids, from, to, BATCH_BYTES);
        try {
            return to - from > 1
                    ? read(deadline, query)
                    : readRepaired(query, (session, until) -> session.readRow(ids[from]), deadline);
        } catch (DamagedFileException e) {
            // One by one, so that only those are missed that lie in the damage.
            return to - from > 1 ? readRows(ids, from, from + 1, deadline) : new ReadSession.Batch(List.of(), to);
        }
    }

    /** Reads, and if that meets damage once more, when the writer has read the same and seen to it. */
    private <T> T readRepaired(SqliteReaders.Query<T> query, ProbeOp.Probe probe, Deadline deadline)
            throws DamagedFileException {
        try {
            return read(deadline, query);
        } catch (DamagedFileException e) {
            scrubber.repair(probe, e, deadline.earlier(Deadline.after(FOR_REPAIR)));
            return read(deadline, query);
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
