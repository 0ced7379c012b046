package dev.larder.cache.sqlite;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.StoreStats;
import dev.larder.cache.sqlite.WriteOps.AcceptedPutOp;
import dev.larder.cache.sqlite.WriteOps.ClearOp;
import dev.larder.cache.sqlite.WriteOps.FlushOp;
import dev.larder.cache.sqlite.WriteOps.PutOp;
import dev.larder.cache.sqlite.WriteOps.RemoveOp;
import dev.larder.cache.sqlite.WriteOps.RemoveTaggedOp;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store in one SQLite file.
 *
 * <p>Entries survive the end of the process, also a sudden one; after a failure of the operating system, those since
 * the last {@link #flush} may be missing, and the file is sound. Several stores in several processes may share a file;
 * each sees what the others have committed. The file must lie on a disk of this machine: locks on network file systems
 * do not hold.
 *
 * <p>Beside {@code http.db} lie {@code http.db-wal} and {@code http.db-shm} while it is open, and for good an empty
 * {@code http.db.lock}, by which processes that create or migrate the file wait for each other. A damaged file is
 * renamed to {@code http.db.corrupt-1} and so on, and a new one started. New files are for their owner only.
 *
 * <p>Calls block, never for longer than the {@linkplain Builder#operationTimeout operation timeout}. When the virtual
 * machine shuts down without {@link #close}, what was accepted is still written, for a few seconds at most.
 */
public final class SqliteCacheStore implements CacheStore {
    private static final Set<StoreCapability> CAPABILITIES = Set.of(
            StoreCapability.PERSISTENT, StoreCapability.SHARED, StoreCapability.ASYNC_PUTS, StoreCapability.BOUNDED);

    private final Settings settings;
    private final StatsCounter stats = new StatsCounter();
    private final Overlay overlay = new Overlay();
    private final LateFailures lateFailures = new LateFailures();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Recency recency;
    private final SqliteReaders readers;
    private final SqliteWriter writer;
    private final Scrubber scrubber;
    private final Lookups lookups;
    private final ExitDrain exitDrain;

    private SqliteCacheStore(Settings settings, SqliteReaders readers, OpenFile file) throws SQLException {
        this.settings = settings;
        this.readers = readers;
        recency = new Recency(settings.clock(), file.session().lastUsedAt());
        writer = new SqliteWriter(settings, file, recency, stats);
        scrubber = new Scrubber(settings, readers, writer, stats);
        lookups = new Lookups(readers, overlay, scrubber, recency, stats, settings.clock());
        writer.start();
        exitDrain = ExitDrain.register(writer);
    }

    /** Returns a builder of a store in {@code file}, which is created when the store is opened. */
    public static Builder newBuilder(Path file) {
        return new Builder(file);
    }

    private static SqliteCacheStore open(Settings settings) {
        SqliteReaders readers = new SqliteReaders(settings);
        OpenFile file = new OpenFile(settings, readers);
        try {
            return new SqliteCacheStore(settings, readers, file);
        } catch (SQLException e) {
            CacheStoreException failure = SqliteErrors.translate(settings.file(), "opening", e);
            try {
                file.end();
            } catch (SQLException suppressed) {
                failure.addSuppressed(suppressed);
            }
            throw failure;
        }
    }

    @Override
    public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        return call("get", deadline, limit -> lookups.get(key, limit));
    }

    @Override
    public Map<CacheKey, CacheEntry> getAll(Set<CacheKey> keys, Deadline deadline) {
        List<CacheKey> wanted = new ArrayList<>(keys.size());
        keys.forEach(key -> wanted.add(Objects.requireNonNull(key, "key")));
        return call("getAll", deadline, limit -> lookups.getAll(wanted, limit));
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(entry, "entry");
        call("put", deadline, limit -> put("put", List.of(newPut(key, entry)), limit));
    }

    @Override
    public void putAll(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
        entries.forEach((key, entry) -> {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(entry, "entry");
        });
        call("putAll", deadline, limit -> {
            List<Put> puts = new ArrayList<>(entries.size());
            entries.forEach((key, entry) -> puts.add(newPut(key, entry)));
            return puts.isEmpty() ? 0 : put("putAll", puts, limit);
        });
    }

    private long put(String operation, List<Put> puts, Deadline limit) {
        if (settings.durability() == Durability.COMMITTED) {
            return writer.execute(new PutOp(operation, puts, stats, limit), limit);
        }
        writer.submit(new AcceptedPutOp(operation, puts, stats, overlay, lateFailures), limit);
        return puts.size();
    }

    /**
     * {@inheritDoc}
     *
     * <p>With {@link Durability#BEHIND} the stage that is returned has completed.
     */
    @Override
    public CompletionStage<@Nullable Void> putAsync(CacheKey key, CacheEntry entry, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(entry, "entry");
        try {
            return call("put", deadline, limit -> offer(newPut(key, entry), limit));
        } catch (CacheStoreException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<@Nullable Void> offer(Put put, Deadline limit) {
        boolean committed = settings.durability() == Durability.COMMITTED;
        PutOp op = committed
                ? new PutOp("put", List.of(put), stats, limit)
                : new AcceptedPutOp("put", List.of(put), stats, overlay, lateFailures);
        if (!writer.offer(op)) {
            throw new CacheStoreException(
                    Kind.BUSY,
                    "sqlite store " + settings.file() + " has " + settings.queueBytes()
                            + " bytes waiting to be written: try again later, or raise queueBytes");
        }
        CompletableFuture<@Nullable Void> stage = new CompletableFuture<>();
        if (!committed) {
            stage.complete(null);
            return stage;
        }
        // A future of its own, so that nobody outside can complete the writer's.
        var unused = op.done().whenComplete((total, failure) -> {
            if (failure == null) {
                stage.complete(null);
            } else {
                stats.recordFailure();
                stage.completeExceptionally(failure);
            }
        });
        return stage;
    }

    private Put newPut(CacheKey key, CacheEntry entry) {
        EntryRow row = EntryCodec.encode(key, entry, recency.tick(), settings.compression());
        boolean expired = entry.isExpiredAt(settings.clock().instant());
        return new Put(key, entry, row, expired, !expired && row.size() > settings.maxBytes());
    }

    @Override
    public boolean remove(CacheKey key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        return call(
                "remove",
                deadline,
                limit -> writer.execute(new RemoveOp(key, stats, settings.clock(), limit), limit) > 0);
    }

    @Override
    public long removeTagged(String tag, Deadline deadline) {
        Objects.requireNonNull(tag, "tag");
        return call("removeTagged", deadline, limit -> writer.execute(new RemoveTaggedOp(tag, stats, limit), limit));
    }

    @Override
    public void clear(Deadline deadline) {
        call("clear", deadline, limit -> writer.execute(new ClearOp(limit), limit));
    }

    @Override
    public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        Objects.requireNonNull(visitor, "visitor");
        Deadline limit = call("scan", deadline, checked -> checked);
        new Scan(readers, writer, overlay, recency, scrubber, stats, settings.clock()).run(visitor, limit);
    }

    @Override
    public void flush(Deadline deadline) {
        call("flush", deadline, limit -> {
            long total = writer.execute(new FlushOp(limit), limit);
            throwLateFailure();
            return total;
        });
    }

    private void throwLateFailure() {
        CacheStoreException failure = lateFailures.take();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public StoreStats stats() {
        Totals totals = writer.totals();
        return stats.snapshot(totals.entries(), totals.bytes());
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        exitDrain.cancel();
        // The writer goes last: only the last connection that can write clears away the WAL.
        try {
            readers.close();
        } finally {
            writer.close();
        }
        throwLateFailure();
    }

    /** Returns where the entries are kept. */
    @Override
    public String toString() {
        return "SqliteCacheStore[" + settings.file() + "]";
    }

    private <T extends @Nullable Object> T call(String operation, Deadline deadline, Function<Deadline, T> work) {
        Objects.requireNonNull(deadline, "deadline");
        if (closed.get()) {
            throw new IllegalStateException("the store is closed");
        }
        try {
            deadline.check(operation);
            return work.apply(settings.limit(deadline));
        } catch (CacheStoreException e) {
            stats.recordFailure();
            throw e;
        }
    }

    /** When a put returns. */
    public enum Durability {
        /** After its commit: what was put survives the sudden end of this process. */
        COMMITTED,
        /**
         * Once it has a place in the queue of the writer. This store's readers see it from then on, others and the file
         * a moment later. {@link #flush} and {@link #close} wait for it, and report if it could not be written.
         */
        BEHIND
    }

    /** What is done to data before it is written. Data that was written in any way can be read in every way. */
    public enum Compression {
        /** Data is written as it is. */
        NONE,
        /**
         * Data of 512 bytes or more is compressed with Zstandard, where that makes it smaller by an eighth at least.
         * Needs a platform that zstd-jni has a native library for.
         */
        ZSTD
    }

    /** Builds a store. Not for several threads. */
    public static final class Builder {
        private static final int MOST_READERS = 64;
        private static final int READERS_PER_PROCESSOR = 4;
        private static final Duration LONGEST_OPERATION = Duration.ofDays(1);
        private static final Duration LONGEST_BUSY = Duration.ofMinutes(1);

        private final Path file;
        private InstantSource clock = InstantSource.system();
        private long maxBytes = 1L << 30;
        private long maxEntries = Long.MAX_VALUE;
        private Durability durability = Durability.COMMITTED;
        private int readers = Math.min(
                16, Math.max(8, READERS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors()));
        private Duration operationTimeout = Duration.ofSeconds(5);
        private Duration busyTimeout = Duration.ofMillis(20);
        private @Nullable Duration requestTimeout;
        private long queueBytes = 64L << 20;
        private Compression compression = Compression.NONE;

        private Builder(Path file) {
            this.file = file.toAbsolutePath().normalize();
        }

        /** Sets by which clock retention is measured; without it, the system's. */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets how many bytes the file may occupy, by default 1 GiB: the pages that are in use, for entries and
         * indexes, without the 64 KiB of an empty file. At least what the entries count for by themselves, which is
         * what {@link #stats} shows: metadata, data and tags, and about 150 bytes of what stands beside them. The log
         * beside the file comes on top, at most 60 MiB, or less beside a small bound, while nobody keeps a read
         * transaction open.
         *
         * @throws IllegalArgumentException unless positive
         */
        public Builder maxBytes(long maxBytes) {
            this.maxBytes = positive("maxBytes", maxBytes);
            return this;
        }

        /**
         * Sets how many entries are kept, by default any number.
         *
         * @throws IllegalArgumentException unless positive
         */
        public Builder maxEntries(long maxEntries) {
            this.maxEntries = positive("maxEntries", maxEntries);
            return this;
        }

        /** Sets when a put returns, by default {@link Durability#COMMITTED}. */
        public Builder durability(Durability durability) {
            this.durability = Objects.requireNonNull(durability, "durability");
            return this;
        }

        /**
         * Sets how many reads can be under way at once, each with a connection: by default four for each processor, at
         * least 8 and at most 16.
         *
         * @throws IllegalArgumentException unless from 1 to 64
         */
        public Builder readers(int readers) {
            if (readers < 1 || readers > MOST_READERS) {
                throw new IllegalArgumentException("readers must be from 1 to " + MOST_READERS + ", not " + readers);
            }
            this.readers = readers;
            return this;
        }

        /**
         * Sets the longest that any call takes, whatever its deadline; by default 5 seconds.
         *
         * @throws IllegalArgumentException unless positive and at most a day
         */
        public Builder operationTimeout(Duration operationTimeout) {
            if (operationTimeout.isZero() || operationTimeout.isNegative()) {
                throw new IllegalArgumentException("operationTimeout must be positive, not " + operationTimeout);
            }
            if (operationTimeout.compareTo(LONGEST_OPERATION) > 0) {
                throw new IllegalArgumentException(
                        "operationTimeout must be at most " + LONGEST_OPERATION + ", not " + operationTimeout);
            }
            this.operationTimeout = operationTimeout;
            return this;
        }

        /**
         * Sets how long SQLite itself waits for a lock before the store looks at its deadlines and tries again; by
         * default 20 milliseconds. Shorter than the operation timeout.
         *
         * @throws IllegalArgumentException if negative or more than a minute
         */
        public Builder busyTimeout(Duration busyTimeout) {
            if (busyTimeout.isNegative()) {
                throw new IllegalArgumentException("busyTimeout must not be negative, not " + busyTimeout);
            }
            if (busyTimeout.compareTo(LONGEST_BUSY) > 0) {
                throw new IllegalArgumentException(
                        "busyTimeout must be at most " + LONGEST_BUSY + ", not " + busyTimeout);
            }
            this.busyTimeout = busyTimeout;
            return this;
        }

        /**
         * Says after how long the requests that are answered from this store are given up. Nothing is timed by it: it
         * is there so that a store which might outlast its callers is refused, because the operation timeout must be
         * shorter.
         *
         * @throws IllegalArgumentException unless positive
         */
        public Builder requestTimeout(Duration requestTimeout) {
            if (requestTimeout.isZero() || requestTimeout.isNegative()) {
                throw new IllegalArgumentException("requestTimeout must be positive, not " + requestTimeout);
            }
            this.requestTimeout = requestTimeout;
            return this;
        }

        /**
         * Sets how many bytes may wait to be written, by default 64 MiB. Further puts wait, or fail where they must
         * not.
         *
         * @throws IllegalArgumentException unless positive
         */
        public Builder queueBytes(long queueBytes) {
            this.queueBytes = positive("queueBytes", queueBytes);
            return this;
        }

        /** Sets what is done to data before it is written, by default {@link Compression#NONE nothing}. */
        public Builder compress(Compression compression) {
            this.compression = Objects.requireNonNull(compression, "compression");
            return this;
        }

        /**
         * Opens the store, and creates its file and directories if they do not exist.
         *
         * @throws IllegalArgumentException if the timeouts contradict each other
         * @throws CacheStoreException UNAVAILABLE if there can be no file, or it was written by a newer version;
         *     CORRUPT if it is no file of ours; TIMEOUT if another process was creating it for too long
         */
        public SqliteCacheStore open() {
            if (busyTimeout.compareTo(operationTimeout) >= 0) {
                throw new IllegalArgumentException("busyTimeout " + busyTimeout
                        + " must be shorter than operationTimeout " + operationTimeout
                        + ", which it is a part of: lower busyTimeout or raise operationTimeout");
            }
            if (requestTimeout != null && operationTimeout.compareTo(requestTimeout) >= 0) {
                throw new IllegalArgumentException("operationTimeout " + operationTimeout
                        + " must be shorter than requestTimeout " + requestTimeout
                        + ", which it is a part of: lower operationTimeout or raise requestTimeout");
            }
            Compressor.check(compression);
            return SqliteCacheStore.open(new Settings(
                    StoreFile.prepare(file),
                    clock,
                    maxBytes,
                    maxEntries,
                    durability,
                    readers,
                    operationTimeout,
                    busyTimeout,
                    queueBytes,
                    compression));
        }

        private static long positive(String option, long value) {
            if (value < 1) {
                throw new IllegalArgumentException(option + " must be positive, not " + value);
            }
            return value;
        }
    }
}
