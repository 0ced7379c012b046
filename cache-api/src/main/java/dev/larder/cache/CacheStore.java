package dev.larder.cache;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@linkplain CacheEntry entries} under {@linkplain CacheKey keys} until each entry's
 * {@linkplain CacheEntry#deleteAt() retention} ends, a caller removes it, or the store's bounds push it out.
 *
 * <p><b>Blocking and deadlines.</b> Calls block, and every call that may wait takes a {@link Deadline}. It covers all
 * waiting: for a connection, for a place in a queue, for a lock, between retries. A call whose deadline has passed
 * throws {@link CacheStoreException.Kind#TIMEOUT} at once, also where nothing had to be waited for, and work still
 * queued for that call is dropped, not done later. A write that was already under way when the deadline passed may
 * have taken effect. A store that never blocks says so by {@link StoreCapability#IMMEDIATE}.
 *
 * <p><b>Time.</b> A store measures retention by the {@link java.time.InstantSource} that it was opened with, and
 * deadlines by {@link System#nanoTime()}.
 *
 * <p><b>Threads.</b> Every method may be called from any thread, virtual ones included. What one call has put is seen
 * by every call on the same store that begins after the first returned.
 *
 * <p><b>Errors.</b> Absence is a value. Misuse is unchecked and immediate, and found in this order: {@link
 * NullPointerException} for a null argument, {@link IllegalStateException} after {@link #close()}, then TIMEOUT for a
 * deadline that has passed. Trouble
 * of the storage is a {@link CacheStoreException}; no exception of a backend leaves the store. A thread that is
 * interrupted while it waits gets one too, and finds its interrupt flag set. A torn, foreign or
 * corrupt entry is an absent entry: it is erased and counted in {@link StoreStats#corrupt()}.
 *
 * <p><b>Entries are shared, not copied.</b> The arrays of an entry belong to it from the moment it is built. A store
 * may keep and return the same instance and must never modify an array.
 */
public interface CacheStore extends AutoCloseable {

    /**
     * Returns the entry kept under {@code key}, or null if there is none that may still be served.
     *
     * <p>Equal to the entry that was put: same bytes, instants and tags. Never one whose
     * {@link CacheEntry#deleteAt()} has come.
     *
     * @param deadline when to give up, waiting for a connection included
     * @throws CacheStoreException TIMEOUT past the deadline; BUSY or UNAVAILABLE if storage cannot be reached
     * @throws IllegalStateException after {@link #close()}
     */
    @Nullable
    CacheEntry get(CacheKey key, Deadline deadline);

    /**
     * Keeps {@code entry} under {@code key} in place of whatever was there, its tags included.
     *
     * <p>An entry whose retention has already ended is accepted and leaves the key without an entry. An entry larger
     * than the store's bounds is accepted likewise, and counted as an eviction. When this returns normally, the put
     * is as durable as the store promises without {@link #flush}.
     *
     * @param deadline when to give up, a place in a queue and the commit included
     * @throws CacheStoreException TIMEOUT past the deadline; FULL if storage has no room; BUSY or UNAVAILABLE if it
     *     cannot be reached. The key then holds the old entry, the new one or none, never a mixture
     * @throws IllegalStateException after {@link #close()}
     */
    void put(CacheKey key, CacheEntry entry, Deadline deadline);

    /**
     * Accepts a put and returns a stage that completes when {@link #put} would have returned.
     *
     * <p>For callers who must not wait for storage but want to know when it is done. A store with {@link
     * StoreCapability#ASYNC_PUTS} returns at once whatever happens: where its queue has no place, the stage has failed
     * already. An accepted put is one that {@link #flush} and {@link #close()} wait for, that takes effect before every
     * later write of the same thread to the key, and that is seen at the latest when its stage has completed. Failures,
     * a deadline that has passed included, complete the stage with the {@link CacheStoreException} that {@code put}
     * would throw; dependents may run on a thread of the store and must neither block nor take long.
     *
     * <p>The default puts in the calling thread.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    default CompletionStage<@Nullable Void> putAsync(CacheKey key, CacheEntry entry, Deadline deadline) {
        try {
            put(key, entry, deadline);
            return CompletableFuture.completedFuture(null);
        } catch (CacheStoreException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Erases the entry under {@code key}.
     *
     * @return whether there was one that could still have been served
     * @throws CacheStoreException as {@link #put}
     * @throws IllegalStateException after {@link #close()}
     */
    boolean remove(CacheKey key, Deadline deadline);

    /**
     * Erases every entry that carries {@code tag}, compared exactly. Costs work in proportion to those entries, not
     * to the size of the store.
     *
     * @return how many went; entries that could no longer be served may be counted or not
     * @throws CacheStoreException as {@link #put}
     * @throws IllegalStateException after {@link #close()}
     */
    long removeTagged(String tag, Deadline deadline);

    /**
     * Erases every entry.
     *
     * @throws CacheStoreException as {@link #put}
     * @throws IllegalStateException after {@link #close()}
     */
    void clear(Deadline deadline);

    /**
     * Returns the entries kept under {@code keys}, without those that are absent. The result belongs to the caller.
     *
     * <p>One deadline covers the whole call. A store that can fetch several entries at once overrides this; the
     * default asks for one after another.
     *
     * @throws CacheStoreException as {@link #get}; no partial result is returned then
     * @throws IllegalStateException after {@link #close()}
     */
    default Map<CacheKey, CacheEntry> getAll(Set<CacheKey> keys, Deadline deadline) {
        Objects.requireNonNull(deadline, "deadline");
        if (keys.isEmpty()) {
            // Otherwise the first key checks it, after it has checked whether the store is closed.
            deadline.check("getAll");
        }
        Map<CacheKey, CacheEntry> found = new HashMap<>();
        for (CacheKey key : keys) {
            CacheEntry entry = get(key, deadline);
            if (entry != null) {
                found.put(key, entry);
            }
        }
        return found;
    }

    /**
     * Puts every entry of {@code entries}. One deadline covers the whole call.
     *
     * <p>A store that can write several entries at once overrides this; the default puts one after another.
     *
     * @throws CacheStoreException as {@link #put}; some of the entries may have been kept then
     * @throws IllegalStateException after {@link #close()}
     */
    default void putAll(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
        Objects.requireNonNull(deadline, "deadline");
        if (entries.isEmpty()) {
            // Otherwise the first key checks it, after it has checked whether the store is closed.
            deadline.check("putAll");
        }
        entries.forEach((key, entry) -> put(key, entry, deadline));
    }

    /**
     * Shows every entry that may still be served to {@code visitor}, in the calling thread.
     *
     * <p>Weakly consistent: an entry that stays untouched during the scan is visited exactly once; one that is put,
     * replaced or removed meanwhile may be visited or not. A store that tracks recency visits the most recently used
     * entries first. No lock and no cursor of the store is held while the visitor runs, so it may call the store. An
     * exception of the visitor ends the scan and is rethrown as it is. A scan counts neither as hits nor as misses
     * and leaves recency alone.
     *
     * @param deadline when to give up; entries visited until then stay visited
     * @throws CacheStoreException as {@link #get}
     * @throws IllegalStateException after {@link #close()}
     */
    void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline);

    /**
     * Waits until all puts and removals accepted before this call are as durable as this store gets, and its bounds
     * hold. The default has nothing to wait for.
     *
     * <p>The default is for stores whose writes are durable when they return. It knows only the deadline, not whether
     * the store was closed.
     *
     * @throws CacheStoreException as {@link #put}; also if an accepted write has failed since the last flush
     * @throws IllegalStateException after {@link #close()}
     */
    default void flush(Deadline deadline) {
        deadline.check("flush");
    }

    /** Returns what was counted since the store was opened. Never blocks, and may be called after {@link #close()}. */
    StoreStats stats();

    /** Returns what this store can do beyond the contract. The same set for the life of the store. */
    Set<StoreCapability> capabilities();

    /**
     * Makes accepted writes durable and releases everything the store holds. Calls under way either finish or throw
     * {@link IllegalStateException}; calls that begin later throw it. Closing twice is fine.
     *
     * @throws CacheStoreException if an accepted write could not be made durable; everything is released all the same
     */
    @Override
    void close();
}
