package dev.larder.cache.tck;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.StoreStats;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A store that misbehaves on demand, round one that does not: for tests of what is built on stores.
 *
 * <p>Faults are set and taken back while calls go on, for chosen methods, or for all where none is named. A method has
 * one fault at a time, the one set last; without a fault its calls go to the wrapped store. Whatever the faults are,
 * {@link #close()} closes the wrapped store.
 *
 * <p>May be used and programmed from any thread.
 */
public final class FaultyStore implements CacheStore {
    /** The methods of a store, as faults and records name them. */
    public enum Method {
        /** {@link CacheStore#get}. */
        GET,
        /** {@link CacheStore#put}. */
        PUT,
        /** {@link CacheStore#putAsync}. */
        PUT_ASYNC,
        /** {@link CacheStore#remove}. */
        REMOVE,
        /** {@link CacheStore#removeTagged}. */
        REMOVE_TAGGED,
        /** {@link CacheStore#clear}. */
        CLEAR,
        /** {@link CacheStore#getAll}. */
        GET_ALL,
        /** {@link CacheStore#putAll}. */
        PUT_ALL,
        /** {@link CacheStore#scan}. */
        SCAN,
        /** {@link CacheStore#flush}. */
        FLUSH,
        /** {@link CacheStore#stats}. */
        STATS,
        /** {@link CacheStore#capabilities}. */
        CAPABILITIES,
        /** {@link CacheStore#close}. */
        CLOSE
    }

    private static final CacheKey FOREIGN_KEY = CacheKey.sha256(new byte[] {6, 6, 6});

    /** One fault. {@code failure} if it throws; else it stalls, or else returns garbage. */
    private record Fault(@Nullable RuntimeException failure, boolean stalls) {}

    private final CacheStore store;
    private final List<Method> calls = new CopyOnWriteArrayList<>();

    private final Object lock = new Object();
    // The rest is guarded by lock. A stalled call waits on it until its fault is no longer the one that stalled it.
    private final Map<Method, Fault> faults = new EnumMap<>(Method.class);
    private int stalled;
    private boolean closed;

    /** Wraps {@code store}, at first without faults. */
    public FaultyStore(CacheStore store) {
        this.store = store;
    }

    /**
     * Makes the calls of {@code methods}, or of all, throw {@code failure} and do nothing else.
     *
     * <p>As the contract has it, {@link Method#PUT_ASYNC} returns a failed stage if it is a
     * {@link CacheStoreException}; any other is thrown.
     */
    public void failWith(RuntimeException failure, Method... methods) {
        set(new Fault(failure, false), methods);
    }

    /**
     * Makes the calls of {@code methods}, or of all, wait whatever their deadline and interrupts say, until
     * {@link #heal} or another fault releases them, and then do as that says. Calls that {@link #close()} releases
     * throw {@link IllegalStateException}.
     */
    public void stall(Method... methods) {
        set(new Fault(null, true), methods);
    }

    /**
     * Makes the calls of {@code methods}, or of all, return what makes no sense and do nothing else: entries with
     * wrong bytes, entries nobody asked for, removals that removed nothing, negative counts, capabilities that do not
     * exist, stages that never complete.
     */
    public void returnGarbage(Method... methods) {
        set(new Fault(null, false), methods);
    }

    /** Takes the faults of {@code methods}, or of all, back, and lets their stalled calls go on. */
    public void heal(Method... methods) {
        synchronized (lock) {
            faults.keySet().removeAll(chosen(methods));
            lock.notifyAll();
        }
    }

    private void set(Fault fault, Method... methods) {
        synchronized (lock) {
            chosen(methods).forEach(method -> faults.put(method, fault));
            lock.notifyAll();
        }
    }

    private static Set<Method> chosen(Method... methods) {
        return methods.length == 0 ? EnumSet.allOf(Method.class) : EnumSet.copyOf(Arrays.asList(methods));
    }

    /** Returns the calls so far, in the order in which they came. */
    public List<Method> calls() {
        return List.copyOf(calls);
    }

    /** Returns how many calls of {@code method} came so far, stalled ones included. */
    public long calls(Method method) {
        return calls.stream().filter(method::equals).count();
    }

    /**
     * Waits until {@code count} calls or more are stalled at once.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void awaitStalled(int count) throws InterruptedException {
        synchronized (lock) {
            while (stalled < count) {
                lock.wait();
            }
        }
    }

    /** Returns whether garbage is to be returned; throws if that is the fault, and waits as long as it is to stall. */
    private boolean misbehaves(Method method) {
        calls.add(method);
        Fault fault = faultOf(method);
        if (fault != null && fault.failure != null) {
            throw fault.failure;
        }
        return fault != null;
    }

    private @Nullable Fault faultOf(Method method) {
        boolean interrupted = false;
        synchronized (lock) {
            Fault fault = faults.get(method);
            if (fault == null || !fault.stalls || method == Method.CLOSE) {
                return fault;
            }
            stalled++;
            lock.notifyAll();
            while (fault != null && fault.stalls && !closed) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                fault = faults.get(method);
            }
            stalled--;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (closed) {
                throw new IllegalStateException("the store was closed while a call of " + method + " was stalled");
            }
            return fault;
        }
    }

    private static CacheEntry garbage() {
        return CacheEntry.newBuilder()
                .metadata(new byte[] {-1, 0, 127, -128})
                .data(new byte[] {0, -1, 42})
                .storedAt(Instant.EPOCH)
                .tag("garbage")
                .build();
    }

    @Override
    public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
        return misbehaves(Method.GET) ? garbage() : store.get(key, deadline);
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
        if (!misbehaves(Method.PUT)) {
            store.put(key, entry, deadline);
        }
    }

    @Override
    public CompletionStage<@Nullable Void> putAsync(CacheKey key, CacheEntry entry, Deadline deadline) {
        boolean garbage;
        try {
            garbage = misbehaves(Method.PUT_ASYNC);
        } catch (CacheStoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        return garbage ? new CompletableFuture<>() : store.putAsync(key, entry, deadline);
    }

    @Override
    public boolean remove(CacheKey key, Deadline deadline) {
        return misbehaves(Method.REMOVE) || store.remove(key, deadline);
    }

    @Override
    public long removeTagged(String tag, Deadline deadline) {
        return misbehaves(Method.REMOVE_TAGGED) ? -1 : store.removeTagged(tag, deadline);
    }

    @Override
    public void clear(Deadline deadline) {
        if (!misbehaves(Method.CLEAR)) {
            store.clear(deadline);
        }
    }

    @Override
    public Map<CacheKey, CacheEntry> getAll(Set<CacheKey> keys, Deadline deadline) {
        if (!misbehaves(Method.GET_ALL)) {
            return store.getAll(keys, deadline);
        }
        Map<CacheKey, CacheEntry> found = new HashMap<>();
        keys.forEach(key -> found.put(key, garbage()));
        found.put(FOREIGN_KEY, garbage());
        return found;
    }

    @Override
    public void putAll(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
        if (!misbehaves(Method.PUT_ALL)) {
            store.putAll(entries, deadline);
        }
    }

    @Override
    public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        if (misbehaves(Method.SCAN)) {
            visitor.accept(FOREIGN_KEY, garbage());
        } else {
            store.scan(visitor, deadline);
        }
    }

    @Override
    public void flush(Deadline deadline) {
        if (!misbehaves(Method.FLUSH)) {
            store.flush(deadline);
        }
    }

    @Override
    public StoreStats stats() {
        return misbehaves(Method.STATS) ? new StoreStats(-1, -1, -1, -1, -1, -1, -1, -1, -1) : store.stats();
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return misbehaves(Method.CAPABILITIES) ? EnumSet.allOf(StoreCapability.class) : store.capabilities();
    }

    /** Closes the wrapped store and releases every stalled call; a stall of this method itself has no effect. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        store.close();
        misbehaves(Method.CLOSE);
    }
}
