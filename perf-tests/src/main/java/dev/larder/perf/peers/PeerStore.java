package dev.larder.perf.peers;

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
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A store that leaves everything to a {@link Shelf}, and does what none of those libraries does: retention to the
 * nanosecond, tags, sums, deadlines, counters, and refusing calls once it is closed.
 *
 * <p>The simplest honest means serve where a library has none. {@link #removeTagged} looks at every entry. A scan collects
 * all keys first. Entries that have expired stay until they are read, removed, or put over. A deadline ends the waiting
 * for others who use the same key here, not a call of the library. Beside the counters, what this costs a call is one
 * lock of 64 ({@link KeyLocks}), without which a removal could not say whether there was an entry, and closing could crash
 * the process of a library in native code.
 */
final class PeerStore implements CacheStore {
    private final Peer peer;
    private final Path directory;
    private final InstantSource clock;
    private final Shelf shelf;
    private final KeyLocks locks = new KeyLocks();
    private final StatsCounter counter = new StatsCounter();
    // An estimate: an entry that is put over another counts twice, since telling the two apart would cost a lookup.
    private final AtomicLong entries;
    // Set before the locks are waited for, so that all others who wait for them give up.
    private volatile boolean closed;
    // Guarded by all locks.
    private boolean released;

    /** Something done with the shelf. */
    private interface Work<T> {
        T in(Shelf shelf) throws Exception;
    }

    private PeerStore(Peer peer, Path directory, InstantSource clock, Shelf shelf, long entries) {
        this.peer = peer;
        this.directory = directory;
        this.clock = clock;
        this.shelf = shelf;
        this.entries = new AtomicLong(entries);
    }

    /**
     * Opens the store in {@code directory}.
     *
     * @throws CacheStoreException if the library cannot open it
     */
    static PeerStore open(Peer peer, Path directory, InstantSource clock) {
        Shelf shelf = null;
        try {
            shelf = peer.openShelf(directory);
            return new PeerStore(peer, directory, clock, shelf, shelf.size());
        } catch (Exception | LinkageError e) {
            // The latter where a library has no native code for this machine.
            CacheStoreException failure = new CacheStoreException(
                    Kind.UNAVAILABLE, "cannot open store " + peer + " in " + directory + ": " + e.getMessage(), e);
            if (shelf != null) {
                try {
                    shelf.close();
                } catch (Exception another) {
                    failure.addSuppressed(another);
                }
            }
            throw failure;
        }
    }

    @Override
    public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        CacheEntry entry = find("get", key, deadline);
        counter.recordLookup(entry != null);
        return entry;
    }

    private @Nullable CacheEntry find(String operation, CacheKey key, Deadline deadline) {
        Optional<byte[]> bytes =
                locked(operation, deadline, locks.toRead(key), library -> Optional.ofNullable(library.get(key)));
        return bytes.isEmpty() ? null : served(operation, key, bytes.get(), deadline);
    }

    /** Returns the entry if it may be served; erases it otherwise. */
    private @Nullable CacheEntry served(String operation, CacheKey key, byte[] bytes, Deadline deadline) {
        CacheEntry entry = PeerEntries.decode(key, bytes);
        if (entry != null && !entry.isExpiredAt(clock.instant())) {
            return entry;
        }
        boolean erased = locked(operation, deadline, locks.toWrite(key), library -> {
            boolean unchanged = Arrays.equals(bytes, library.get(key));
            if (unchanged) {
                library.remove(key);
            }
            return unchanged;
        });
        if (erased) {
            entries.decrementAndGet();
            if (entry == null) {
                counter.recordCorrupt();
            }
        }
        return null;
    }

    @Override
    public Map<CacheKey, CacheEntry> getAll(Set<CacheKey> keys, Deadline deadline) {
        Map<CacheKey, byte[]> all = locked("getAll", deadline, locks.toRead(keys), library -> library.getAll(keys));
        Map<CacheKey, CacheEntry> found = new HashMap<>();
        all.forEach((key, bytes) -> {
            CacheEntry entry = served("getAll", key, bytes, deadline);
            if (entry != null) {
                found.put(key, entry);
            }
        });
        keys.forEach(key -> counter.recordLookup(found.containsKey(key)));
        return found;
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(entry, "entry");
        if (entry.isExpiredAt(clock.instant())) {
            putAll("put", Map.of(key, entry), deadline);
            return;
        }
        byte[] bytes = PeerEntries.encode(key, entry);
        locked("put", deadline, locks.toWrite(key), library -> {
            library.put(key, bytes);
            return true;
        });
        entries.incrementAndGet();
        counter.recordPuts(1);
    }

    @Override
    public void putAll(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
        putAll("putAll", entries, deadline);
    }

    private void putAll(String operation, Map<CacheKey, CacheEntry> all, Deadline deadline) {
        Map<CacheKey, byte[]> kept = new HashMap<>();
        all.forEach((key, entry) -> {
            if (!entry.isExpiredAt(clock.instant())) {
                kept.put(key, PeerEntries.encode(key, entry));
            }
        });
        locked(operation, deadline, locks.toWrite(all.keySet()), library -> {
            library.putAll(kept);
            for (CacheKey key : all.keySet()) {
                if (!kept.containsKey(key)) {
                    library.remove(key);
                }
            }
            return true;
        });
        entries.addAndGet(kept.size());
        counter.recordPuts(all.size());
    }

    @Override
    public boolean remove(CacheKey key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        return removeIf("remove", key, entry -> true, deadline);
    }

    /** Erases the entry if it may be served and meets the condition; returns whether it did. */
    private boolean removeIf(String operation, CacheKey key, Predicate<CacheEntry> condition, Deadline deadline) {
        boolean removed = locked(operation, deadline, locks.toWrite(key), library -> {
            byte[] bytes = library.get(key);
            CacheEntry entry = bytes == null ? null : PeerEntries.decode(key, bytes);
            if (entry == null || entry.isExpiredAt(clock.instant()) || !condition.test(entry)) {
                return false;
            }
            library.remove(key);
            return true;
        });
        if (removed) {
            entries.decrementAndGet();
            counter.recordRemovals(1);
        }
        return removed;
    }

    @Override
    public long removeTagged(String tag, Deadline deadline) {
        Objects.requireNonNull(tag, "tag");
        long removed = 0;
        for (CacheKey key : keys("removeTagged", deadline)) {
            CacheEntry entry = find("removeTagged", key, deadline);
            if (entry != null
                    && entry.tags().contains(tag)
                    && removeIf("removeTagged", key, now -> now.tags().contains(tag), deadline)) {
                removed++;
            }
        }
        return removed;
    }

    @Override
    public void clear(Deadline deadline) {
        locked("clear", deadline, locks.all(), library -> {
            library.clear();
            return true;
        });
        entries.set(0);
    }

    @Override
    public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        Objects.requireNonNull(visitor, "visitor");
        for (CacheKey key : keys("scan", deadline)) {
            CacheEntry entry = find("scan", key, deadline);
            if (entry != null) {
                visitor.accept(key, entry);
            }
        }
    }

    private List<CacheKey> keys(String operation, Deadline deadline) {
        return locked(operation, deadline, locks.toLookAround(), Shelf::keys);
    }

    @Override
    public void flush(Deadline deadline) {
        locked("flush", deadline, locks.toLookAround(), library -> {
            library.flush();
            return true;
        });
    }

    private <T> T locked(String operation, Deadline deadline, List<Lock> needed, Work<T> work) {
        check(operation, deadline);
        int held = 0;
        try {
            for (Lock lock : needed) {
                acquire(operation, deadline, lock);
                held++;
            }
            check(operation, deadline);
            return work.in(shelf);
        } catch (CacheStoreException | IllegalStateException e) {
            if (closed || e instanceof CacheStoreException) {
                throw e;
            }
            throw failed(Kind.UNAVAILABLE, operation + " failed in " + directory + ": " + e.getMessage(), e);
        } catch (Exception e) {
            throw failed(Kind.UNAVAILABLE, operation + " failed in " + directory + ": " + e.getMessage(), e);
        } finally {
            needed.subList(0, held).forEach(Lock::unlock);
        }
    }

    private void check(String operation, Deadline deadline) {
        Objects.requireNonNull(deadline, "deadline");
        if (closed) {
            throw new IllegalStateException(operation + " on a closed store: " + peer + " in " + directory);
        }
        if (deadline.isExpired()) {
            throw failed(Kind.TIMEOUT, operation + " ran past its deadline", null);
        }
    }

    private void acquire(String operation, Deadline deadline, Lock lock) {
        if (lock.tryLock()) {
            return;
        }
        try {
            if (!lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw failed(Kind.TIMEOUT, operation + " ran past its deadline, waiting for others", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(Kind.BUSY, operation + " was interrupted, waiting for others", e);
        }
    }

    private CacheStoreException failed(Kind kind, String message, @Nullable Exception cause) {
        counter.recordFailure();
        return new CacheStoreException(kind, "store " + peer + ": " + message, cause);
    }

    @Override
    public StoreStats stats() {
        return counter.snapshot(Math.max(0, entries.get()), DirectorySize.of(directory));
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return Set.of(StoreCapability.PERSISTENT);
    }

    @Override
    public void close() {
        closed = true;
        List<Lock> all = locks.all();
        all.forEach(Lock::lock);
        try {
            if (!released) {
                released = true;
                shelf.close();
            }
        } catch (Exception e) {
            throw failed(Kind.UNAVAILABLE, "cannot close " + directory + ": " + e.getMessage(), e);
        } finally {
            all.forEach(Lock::unlock);
        }
    }
}
