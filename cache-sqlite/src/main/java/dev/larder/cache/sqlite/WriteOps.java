package dev.larder.cache.sqlite;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kinds of writes. */
final class WriteOps {
    /** How many rows a long removal takes in one transaction. */
    private static final int SLICE = 4096;

    /** What a small row takes of the room in a transaction, which bounds how many rows it writes. */
    private static final int ROW_ROOM = 4096;

    private WriteOps() {}

    /** Writes entries, for a caller who waits for the commit. */
    static class PutOp extends WriteOp {
        final List<Put> puts;
        final StatsCounter stats;
        private final long bytes;
        // How many of them earlier transactions have written.
        private int written;

        PutOp(String name, List<Put> puts, StatsCounter stats, Deadline deadline) {
            super(name, deadline);
            this.puts = puts;
            this.stats = stats;
            long sum = super.bytes();
            for (Put put : puts) {
                sum += put.row().size();
            }
            bytes = sum;
        }

        @Override
        long execute(WriteSession session, long roomBytes) throws SQLException {
            long room = roomBytes;
            int next = written;
            while (next < puts.size() && (room > 0 || next == written)) {
                Put put = puts.get(next++);
                if (put.isKept()) {
                    session.put(put.row());
                } else {
                    session.remove(put.row());
                }
                room -= Math.max(ROW_ROOM, put.row().size());
            }
            return (long) next - written;
        }

        @Override
        boolean hasMore(long slice) {
            return written + slice < puts.size();
        }

        @Override
        void advanced(long slice) {
            written += (int) slice;
        }

        @Override
        long bytes() {
            return bytes;
        }

        @Override
        int rows() {
            return puts.size();
        }

        @Override
        void committed(long total) {
            count();
        }

        final void count() {
            stats.recordPuts(puts.size());
            for (Put put : puts) {
                if (put.isOversized()) {
                    stats.recordEvictions(1);
                }
            }
        }
    }

    /** Writes entries that were accepted for good when they were queued: no deadline, and readers see them already. */
    static final class AcceptedPutOp extends PutOp {
        private final Overlay overlay;
        private final LateFailures failures;

        AcceptedPutOp(String name, List<Put> puts, StatsCounter stats, Overlay overlay, LateFailures failures) {
            super(name, puts, stats, Deadline.never());
            this.overlay = overlay;
            this.failures = failures;
        }

        @Override
        void queued() {
            count();
            puts.forEach(overlay::add);
        }

        @Override
        void committed(long total) {
            puts.forEach(overlay::remove);
        }

        @Override
        void dropped(@Nullable CacheStoreException failure) {
            puts.forEach(overlay::remove);
            if (failure != null) {
                stats.recordFailure();
                failures.add(failure);
            }
        }
    }

    /** Erases one entry. Results in 1 if it could still have been served. */
    static final class RemoveOp extends WriteOp {
        private final CacheKey key;
        private final StatsCounter stats;
        private final InstantSource clock;

        RemoveOp(CacheKey key, StatsCounter stats, InstantSource clock, Deadline deadline) {
            super("remove", deadline);
            this.key = key;
            this.stats = stats;
            this.clock = clock;
        }

        @Override
        long execute(WriteSession session, long roomBytes) throws SQLException {
            StoredRow row = session.find(key);
            if (row == null) {
                return 0;
            }
            try {
                CacheEntry entry = EntryCodec.decode(key, row);
                if (entry == null) {
                    return 0;
                }
                session.removeById(row.id());
                return entry.isExpiredAt(clock.instant()) ? 0 : 1;
            } catch (CorruptEntryException e) {
                session.removeById(row.id());
                stats.recordCorrupt();
                return 0;
            }
        }

        @Override
        void committed(long total) {
            stats.recordRemovals(total);
        }
    }

    /** Erases what carries a tag, and results in how many that were. */
    static final class RemoveTaggedOp extends WriteOp {
        private final byte[] tag;
        private final StatsCounter stats;

        RemoveTaggedOp(String tag, StatsCounter stats, Deadline deadline) {
            super("removeTagged", deadline);
            this.tag = TagName.encode(tag);
            this.stats = stats;
        }

        @Override
        long execute(WriteSession session, long roomBytes) throws SQLException {
            return session.removeTagged(tag, SLICE);
        }

        @Override
        boolean hasMore(long slice) {
            return slice == SLICE;
        }

        @Override
        void committed(long total) {
            stats.recordRemovals(total);
        }
    }

    /** Erases everything. */
    static final class ClearOp extends WriteOp {
        ClearOp(Deadline deadline) {
            super("clear", deadline);
        }

        @Override
        long execute(WriteSession session, long roomBytes) throws SQLException {
            session.clear();
            return 0;
        }
    }

    /** Erases the rows under a prefix that are still corrupt: they may have been replaced since somebody read it. */
    static final class EraseCorruptOp extends WriteOp {
        private final long prefix;
        private final Runnable whenDone;

        EraseCorruptOp(long prefix, Deadline deadline, Runnable whenDone) {
            super("erase", deadline);
            this.prefix = prefix;
            this.whenDone = whenDone;
        }

        @Override
        long execute(WriteSession session, long roomBytes) throws SQLException {
            long erased = 0;
            for (StoredRow row : session.findAll(prefix)) {
                try {
                    EntryCodec.decode(row);
                } catch (CorruptEntryException e) {
                    session.removeById(row.id());
                    erased++;
                }
            }
            return erased;
        }

        @Override
        void committed(long total) {
            whenDone.run();
        }

        @Override
        void dropped(@Nullable CacheStoreException failure) {
            whenDone.run();
        }
    }

    /** Reads what a reader could not, so that the writer meets the damage and repairs it. */
    static final class ProbeOp extends WriteOp {
        private final Probe probe;

        ProbeOp(Probe probe, Deadline deadline) {
            super("probe", deadline);
            this.probe = probe;
        }

        /** What is read. */
        interface Probe {
            void run(WriteSession session, Deadline deadline) throws SQLException;
        }

        @Override
        long execute(WriteSession session, long roomBytes) throws SQLException {
            probe.run(session, deadline());
            return 0;
        }
    }

    /** Writes nothing, and is done when everything queued before it is on the disk, and the bounds are kept. */
    static final class FlushOp extends WriteOp {
        FlushOp(Deadline deadline) {
            super("flush", deadline);
        }

        @Override
        long execute(WriteSession session, long roomBytes) {
            return 0;
        }

        @Override
        boolean isBarrier() {
            return true;
        }
    }

    /** Writes what is noted about recency. */
    static final class RecencyOp extends WriteOp {
        private final Recency recency;

        RecencyOp(Recency recency, Deadline deadline) {
            super("scan", deadline);
            this.recency = recency;
        }

        @Override
        long execute(WriteSession session, long roomBytes) throws SQLException {
            return recency.write(SLICE, session::touch);
        }

        @Override
        boolean hasMore(long slice) {
            return slice == SLICE;
        }
    }
}
