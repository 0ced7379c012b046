package dev.larder.perf.before;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.StoreStats;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A store in the shape that programs begin with: one SQLite connection that all threads share under one lock, a
 * rollback journal, {@code synchronous=FULL}, a commit for each put, a statement prepared for each call, and one table
 * under a 32-byte key.
 *
 * <p>It keeps the contract and is no strawman: values are checked by a sum as in our own, {@link #putAll} is one
 * transaction, and nothing is done twice. Two things it does as its kind does: {@link #removeTagged} reads the whole table,
 * and rows that have expired stay until they are overwritten, removed, or the file is opened again.
 */
public final class BeforeCacheStore implements CacheStore {
    private static final int SCANNED_KEYS = 100;

    private final Path file;
    private final InstantSource clock;
    private final StatsCounter counter = new StatsCounter();
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final EntryTable table;
    // An estimate: an entry that is put over another counts twice, since telling the two apart would cost a query.
    private final AtomicLong entries;
    // Set before the lock is waited for, so that all others who wait for it give up.
    private volatile boolean closed;

    /** What is asked under the lock. */
    private interface Query<T> {
        T ask(EntryTable rows) throws SQLException;
    }

    /** What is changed under the lock. */
    private interface Change {
        void make(EntryTable rows) throws SQLException;
    }

    private BeforeCacheStore(Path file, InstantSource clock, EntryTable table) {
        this.file = file;
        this.clock = clock;
        this.table = table;
        this.entries = new AtomicLong(table.rowsAtOpening());
    }

    /**
     * Opens the store in {@code file}, which is created if it does not exist.
     *
     * @throws CacheStoreException if it cannot be opened
     */
    public static BeforeCacheStore open(Path file, InstantSource clock) {
        try {
            return new BeforeCacheStore(file, clock, EntryTable.open(file, clock.instant()));
        } catch (SQLException e) {
            throw new CacheStoreException(EntryTable.kind(e), "cannot open store before in " + file, e);
        }
    }

    @Override
    public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        Optional<CacheEntry> entry = query("get", deadline, rows -> find(rows, key.bytes()));
        counter.recordLookup(entry.isPresent());
        return entry.orElse(null);
    }

    /** Returns the entry if there is one; one that is damaged is erased. */
    private Optional<CacheEntry> find(EntryTable rows, byte[] key) throws SQLException {
        StoredEntry stored = rows.select(key, clock.instant());
        if (stored == null) {
            return Optional.empty();
        }
        CacheEntry entry = stored.decode();
        if (entry == null) {
            rows.delete(key);
            entries.decrementAndGet();
            counter.recordCorrupt();
        }
        return Optional.ofNullable(entry);
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(entry, "entry");
        StoredEntry stored = row(key, entry);
        change("put", deadline, rows -> rows.upsert(stored));
        counter.recordPuts(1);
        entries.incrementAndGet();
    }

    @Override
    public void putAll(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
        List<StoredEntry> stored = new ArrayList<>(entries.size());
        entries.forEach((key, entry) -> stored.add(row(key, entry)));
        change("putAll", deadline, rows -> rows.upsertAll(stored));
        counter.recordPuts(stored.size());
        this.entries.addAndGet(stored.size());
    }

    /** Returns the row of the entry. If that has ended it is an empty one, which no clock that steps back revives. */
    private StoredEntry row(CacheKey key, CacheEntry entry) {
        CacheEntry kept = entry;
        if (entry.isExpiredAt(clock.instant())) {
            kept = CacheEntry.newBuilder()
                    .storedAt(entry.storedAt())
                    .deleteAt(Instant.MIN)
                    .build();
        }
        return StoredEntry.of(key, kept);
    }

    @Override
    public boolean remove(CacheKey key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        boolean removed = query("remove", deadline, rows -> rows.delete(key.bytes(), clock.instant()));
        counter.recordRemovals(removed ? 1 : 0);
        entries.addAndGet(removed ? -1 : 0);
        return removed;
    }

    @Override
    public long removeTagged(String tag, Deadline deadline) {
        Objects.requireNonNull(tag, "tag");
        long removed = query("removeTagged", deadline, rows -> rows.deleteTagged(tag));
        counter.recordRemovals(removed);
        entries.addAndGet(-removed);
        return removed;
    }

    @Override
    public void clear(Deadline deadline) {
        change("clear", deadline, EntryTable::deleteAll);
        entries.set(0);
    }

    @Override
    public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        Objects.requireNonNull(visitor, "visitor");
        byte[] last = {};
        List<byte[]> keys;
        do {
            byte[] from = last;
            keys = query("scan", deadline, rows -> rows.keysAfter(from, SCANNED_KEYS));
            for (byte[] key : keys) {
                query("scan", deadline, rows -> find(rows, key))
                        .ifPresent(entry -> visitor.accept(CacheKey.of(key), entry));
                last = key;
            }
        } while (!keys.isEmpty());
    }

    @Override
    public void flush(Deadline deadline) {
        check("flush", deadline);
    }

    private void check(String operation, Deadline deadline) {
        Objects.requireNonNull(deadline, "deadline");
        if (closed) {
            throw new IllegalStateException(operation + " on a closed store: before in " + file);
        }
        try {
            deadline.check(operation);
        } catch (CacheStoreException e) {
            counter.recordFailure();
            throw e;
        }
    }

    private void change(String operation, Deadline deadline, Change change) {
        query(operation, deadline, rows -> {
            change.make(rows);
            return true;
        });
    }

    private <T> T query(String operation, Deadline deadline, Query<T> query) {
        check(operation, deadline);
        acquire(operation, deadline);
        try {
            check(operation, deadline);
            table.waitAtMost(deadline);
            return query.ask(table);
        } catch (SQLException e) {
            throw failed(table.kindHere(e), operation + " failed in " + file + ": " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private void acquire(String operation, Deadline deadline) {
        try {
            if (!lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw failed(Kind.TIMEOUT, operation + " ran past its deadline, waiting for the connection", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(Kind.BUSY, operation + " was interrupted, waiting for the connection", e);
        }
    }

    private CacheStoreException failed(Kind kind, String message, @Nullable Exception cause) {
        counter.recordFailure();
        return new CacheStoreException(kind, "store before: " + message, cause);
    }

    @Override
    public StoreStats stats() {
        return counter.snapshot(Math.max(0, entries.get()), file.toFile().length());
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return Set.of(StoreCapability.PERSISTENT);
    }

    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            table.close();
        } catch (SQLException e) {
            throw failed(EntryTable.kind(e), "cannot close " + file + ": " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }
}
