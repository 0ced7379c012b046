package dev.larder.cache.tiered;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.StoreStats;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Two stores as one: a near one that is asked first, and a far one that has everything.
 *
 * <p><b>Reads.</b> What near does not have is asked of far, and kept in near as it is, so that it ends when it would
 * have ended. What is removed or replaced in the meantime does not come back that way.
 *
 * <p><b>Puts</b> go to far and to near, in that order, so that a put is as durable as far makes it; with {@link
 * FarWrites#BEHIND} they go to near and on their way to far. {@link #putAsync} goes to near at once, and its stage
 * says what becomes of the entry in far.
 *
 * <p><b>Removals</b> go to far and then to near, and wait for puts behind that are still on their way.
 *
 * <p><b>Failures of far</b> cost what far would have given, and no more: a get is a miss, a put is kept in near alone,
 * and both are counted in {@link StoreStats#failures()}. After several failures in a row, gets and puts leave far alone
 * for a while. A put that far missed is reported by the next {@link #flush} or {@link #close}; until the key is put
 * again, far may still have an older entry, which shows when near evicts the newer. Where a failure has used up the
 * caller's deadline, the call ends in TIMEOUT; near has the entry then. A removal that far fails at is done in near and
 * then throws, because far would bring the entry back.
 *
 * <p><b>Failures of near</b> are misses and puts to far alone, likewise counted. They come out of calls that would
 * otherwise leave something in near that far no longer has.
 *
 * <p><b>Deadlines.</b> Both tiers get the caller's. What near has to follow far in takes place also where far used the
 * deadline up, within 100 ms. A call may wait beyond its deadline for another call on the same key to finish with near,
 * which for a near store that is {@link StoreCapability#IMMEDIATE} takes no time.
 *
 * <p><b>Capabilities.</b> PERSISTENT if far is, IMMEDIATE if both are, ASYNC_PUTS if near has it and far has it or
 * is written behind. Not SHARED: near would not hear of what other processes change in far. Not BOUNDED: each tier
 * keeps its own bounds, and near may for a while keep what far has evicted.
 *
 * <p><b>Statistics.</b> Lookups, puts, removals and failures are those of this store. Entries and bytes are those of
 * the tier that has more, evictions are far's, corrupt entries those of both.
 *
 * <p>More than two tiers are made by giving a tiered store as far. Both stores belong to this one, which closes them.
 * Writes must be applied by far in the order in which it accepted them, asynchronous ones included.
 */
public final class TieredCacheStore implements CacheStore {
    /** When puts reach far. */
    public enum FarWrites {
        /** Before {@link TieredCacheStore#put} returns. */
        THROUGH,
        /**
         * After it returned: far's {@link CacheStore#putAsync} is not waited for. For a far store without {@link
         * StoreCapability#ASYNC_PUTS} a thread with a queue of 256 places stands between, and a put waits for a place.
         * A put that finds none stays in near and is counted as a failure. {@link TieredCacheStore#flush} and {@link
         * TieredCacheStore#close} wait for all.
         */
        BEHIND
    }

    private final NearTier near;
    private final FarTier far;
    private final boolean behind;
    private final boolean farTakesAsync;
    private final Set<StoreCapability> capabilities;
    private final StatsCounter stats = new StatsCounter();
    private final Tiers tiers;
    private final AtomicBoolean closed = new AtomicBoolean();

    TieredCacheStore(CacheStore near, CacheStore far, TierOptions options) {
        this.near = new NearTier(near, stats);
        this.far = new FarTier(far, options, stats);
        this.tiers = new Tiers(this.near, this.far);
        this.behind = options.behind();
        this.farTakesAsync = far.capabilities().contains(StoreCapability.ASYNC_PUTS);
        this.capabilities = capabilities(near.capabilities(), far.capabilities(), behind);
        WarmUp.run(near, far, options.warmUpEntries(), stats);
    }

    private static Set<StoreCapability> capabilities(
            Set<StoreCapability> near, Set<StoreCapability> far, boolean behind) {
        Set<StoreCapability> both = EnumSet.noneOf(StoreCapability.class);
        if (far.contains(StoreCapability.PERSISTENT)) {
            both.add(StoreCapability.PERSISTENT);
        }
        if (near.contains(StoreCapability.IMMEDIATE) && far.contains(StoreCapability.IMMEDIATE)) {
            both.add(StoreCapability.IMMEDIATE);
        }
        if (near.contains(StoreCapability.ASYNC_PUTS) && (behind || far.contains(StoreCapability.ASYNC_PUTS))) {
            both.add(StoreCapability.ASYNC_PUTS);
        }
        return Collections.unmodifiableSet(both);
    }

    /**
     * Returns a builder of a store that asks {@code near} first. Both stores belong to what is built.
     *
     * @throws IllegalArgumentException if both are the same store
     */
    public static Builder newBuilder(CacheStore near, CacheStore far) {
        return new Builder(near, far);
    }

    @Override
    public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        admit("get", deadline);
        CacheEntry entry = near.get(key, deadline);
        if (entry == null) {
            entry = tiers.getFromFar(key, deadline);
        }
        stats.recordLookup(entry != null);
        return entry;
    }

    @Override
    public Map<CacheKey, CacheEntry> getAll(Set<CacheKey> keys, Deadline deadline) {
        keys.forEach(key -> Objects.requireNonNull(key, "key"));
        admit("getAll", deadline);
        Map<CacheKey, CacheEntry> found = new HashMap<>(near.getAll(keys, deadline));
        if (found.size() < keys.size()) {
            Set<CacheKey> missing = new HashSet<>(keys);
            missing.removeAll(found.keySet());
            found.putAll(tiers.getAllFromFar(missing, deadline));
        }
        keys.forEach(key -> stats.recordLookup(found.containsKey(key)));
        return found;
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(entry, "entry");
        admit("put", deadline);
        if (behind) {
            tiers.putBehind(key, entry, deadline);
        } else {
            tiers.putThrough(Map.of(key, entry), deadline);
        }
        stats.recordPuts(1);
    }

    @Override
    public void putAll(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
        entries.forEach((key, entry) -> {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(entry, "entry");
        });
        admit("putAll", deadline);
        if (behind) {
            entries.forEach((key, entry) -> tiers.putBehind(key, entry, deadline));
        } else if (!entries.isEmpty()) {
            tiers.putThrough(entries, deadline);
        }
        stats.recordPuts(entries.size());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Near has the entry when this returns, and the stage says what became of it in far: it fails with what far
     * failed with.
     */
    @Override
    public CompletionStage<@Nullable Void> putAsync(CacheKey key, CacheEntry entry, Deadline deadline) {
        if (!behind && !farTakesAsync) {
            return CacheStore.super.putAsync(key, entry, deadline);
        }
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(entry, "entry");
        try {
            admit("putAsync", deadline);
            CompletionStage<@Nullable Void> done = tiers.putAsync(key, entry, deadline);
            stats.recordPuts(1);
            return done;
        } catch (CacheStoreException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public boolean remove(CacheKey key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        admit("remove", deadline);
        boolean removed = tiers.remove(key, deadline);
        stats.recordRemovals(removed ? 1 : 0);
        return removed;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Counted by the tier that had more of them.
     */
    @Override
    public long removeTagged(String tag, Deadline deadline) {
        Objects.requireNonNull(tag, "tag");
        admit("removeTagged", deadline);
        long removed = tiers.removeTagged(tag, deadline);
        stats.recordRemovals(removed);
        return removed;
    }

    @Override
    public void clear(Deadline deadline) {
        admit("clear", deadline);
        tiers.clear(deadline);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Near's entries come first, then those that only far has. Where far fails, so does the scan.
     */
    @Override
    public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
        Objects.requireNonNull(visitor, "visitor");
        admit("scan", deadline);
        Set<CacheKey> visited = new HashSet<>();
        BiConsumer<CacheKey, CacheEntry> once = (key, entry) -> {
            if (visited.add(key)) {
                try {
                    visitor.accept(key, entry);
                } catch (RuntimeException e) {
                    throw new VisitorException(e);
                }
            }
        };
        try {
            near.scan(once, deadline);
            far.scan(once, deadline);
        } catch (VisitorException e) {
            throw e.thrown();
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Throws also if far has missed a put since the last flush.
     */
    @Override
    public void flush(Deadline deadline) {
        admit("flush", deadline);
        FirstFailure failure = new FirstFailure();
        failure.of(() -> near.flush(deadline));
        failure.of(() -> far.flush(deadline));
        failure.throwIfAny();
    }

    @Override
    public StoreStats stats() {
        StoreStats nearStats = statsOf(near.store());
        StoreStats farStats = statsOf(far.store());
        StoreStats own = stats.snapshot(
                Math.max(nearStats.entries(), farStats.entries()), Math.max(nearStats.bytes(), farStats.bytes()));
        return new StoreStats(
                own.hits(),
                own.misses(),
                own.puts(),
                own.removals(),
                farStats.evictions(),
                nearStats.corrupt() + farStats.corrupt(),
                own.failures(),
                own.entries(),
                own.bytes());
    }

    private static StoreStats statsOf(CacheStore tier) {
        try {
            return tier.stats();
        } catch (RuntimeException e) {
            // A broken tier must not take the figures of this store with it.
            return new StatsCounter().snapshot(0, 0);
        }
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return capabilities;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Waits for puts behind; then both stores are closed. Throws also if far has missed a put since the last flush.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        near.refuseCalls();
        far.refuseCalls();
        FirstFailure failure = new FirstFailure();
        failure.of(near.store()::close);
        failure.of(far::close);
        failure.throwIfAny();
    }

    private void admit(String operation, Deadline deadline) {
        Objects.requireNonNull(deadline, "deadline");
        if (closed.get()) {
            throw Failures.closed();
        }
        if (deadline.isExpired()) {
            stats.recordFailure();
            throw new CacheStoreException(
                    CacheStoreException.Kind.TIMEOUT, operation + " on the tiered store came past its deadline");
        }
    }

    /** Returns whether no call is changing near, for tests of what calls leave behind. */
    boolean isAtRest() {
        return tiers.isAtRest();
    }

    /** Builds a {@link TieredCacheStore}. Not for several threads. */
    public static final class Builder {
        private final CacheStore near;
        private final CacheStore far;
        private TierOptions options = TierOptions.DEFAULTS;

        private Builder(CacheStore near, CacheStore far) {
            this.near = Objects.requireNonNull(near, "near");
            this.far = Objects.requireNonNull(far, "far");
            if (near == far) {
                throw new IllegalArgumentException("the tiers of a tiered store are two stores, not one given twice");
            }
        }

        /** Sets when puts reach far; before they return, unless set. */
        public Builder farWrites(FarWrites farWrites) {
            options = options.withFarWrites(Objects.requireNonNull(farWrites, "farWrites"));
            return this;
        }

        /**
         * Sets after how many failures in a row far is left alone; 5 unless set. One of a caller whose deadline came
         * before far had 50 ms counts as that part of a failure.
         *
         * @throws IllegalArgumentException unless positive
         */
        public Builder restAfter(int failures) {
            options = options.withRestAfter(failures);
            return this;
        }

        /**
         * Sets how long far is left alone before one call tries it again; 10 s unless set. Measured by the clock.
         *
         * @throws IllegalArgumentException unless positive
         */
        public Builder restFor(Duration duration) {
            options = options.withRestFor(duration);
            return this;
        }

        /**
         * Sets how many entries of far, those first that it shows first, {@link #build} puts into near; none unless
         * set. Takes 2 s at most, and fails silently, though counted.
         *
         * @throws IllegalArgumentException if negative
         */
        public Builder warmUpEntries(long entries) {
            options = options.withWarmUpEntries(entries);
            return this;
        }

        /** Sets the clock of the tiers, by which rests are measured too; the system's unless set. */
        public Builder clock(InstantSource clock) {
            options = options.withClock(Objects.requireNonNull(clock, "clock"));
            return this;
        }

        /** Returns a store over the two, near filled from far if that was asked for. */
        public TieredCacheStore build() {
            return new TieredCacheStore(near, far, options);
        }
    }
}
