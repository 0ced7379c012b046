package dev.larder.cache.tiered;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.cache.tiered.Flights.Flight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The calls that concern both tiers, in the order that {@link Flights} explains. */
final class Tiers {
    private static final Deadline AT_ONCE = Deadline.after(Duration.ZERO);

    private final NearTier near;
    private final FarTier far;
    private final Flights flights = new Flights();

    Tiers(NearTier near, FarTier far) {
        this.near = near;
        this.far = far;
    }

    /** Returns what far has, which near gets too, unless it was removed or replaced meanwhile. */
    @Nullable
    CacheEntry getFromFar(CacheKey key, Deadline deadline) {
        Flight flight = flights.board(key);
        try {
            long generation = flight.generation();
            // Asked again: a put that far missed may have ended between the first time and boarding.
            CacheEntry entry = near.get(key, deadline);
            if (entry != null) {
                return entry;
            }
            entry = far.get(key, deadline);
            if (entry != null && flight.tryLock()) {
                try {
                    if (flight.generation() == generation) {
                        near.promote(Map.of(key, entry), deadline);
                    }
                } finally {
                    flight.unlock();
                }
            }
            return entry;
        } finally {
            flights.leave(flight);
        }
    }

    /** Does for many keys what {@link #getFromFar} does for one. */
    Map<CacheKey, CacheEntry> getAllFromFar(Set<CacheKey> keys, Deadline deadline) {
        List<Flight> boarded = flights.boardAll(keys);
        try {
            long[] generations = boarded.stream().mapToLong(Flight::generation).toArray();
            Map<CacheKey, CacheEntry> found = new HashMap<>(near.getAll(keys, deadline));
            Set<CacheKey> missing = new HashSet<>(keys);
            missing.removeAll(found.keySet());
            if (!missing.isEmpty()) {
                Map<CacheKey, CacheEntry> fromFar = far.getAll(missing, deadline);
                promoteAll(fromFar, boarded, generations, deadline);
                found.putAll(fromFar);
            }
            return found;
        } finally {
            boarded.forEach(flights::leave);
        }
    }

    private void promoteAll(
            Map<CacheKey, CacheEntry> found, List<Flight> boarded, long[] generations, Deadline deadline) {
        List<Flight> locked = new ArrayList<>();
        try {
            Map<CacheKey, CacheEntry> current = new HashMap<>();
            for (int i = 0; i < generations.length; i++) {
                Flight flight = boarded.get(i);
                CacheEntry entry = found.get(flight.key());
                if (entry != null && flight.tryLock()) {
                    locked.add(flight);
                    if (flight.generation() == generations[i]) {
                        current.put(flight.key(), entry);
                    }
                }
            }
            near.promote(current, deadline);
        } finally {
            locked.forEach(Flight::unlock);
        }
    }

    /** Puts to far and then to near; to near alone while far rests or where it fails. */
    void putThrough(Map<CacheKey, CacheEntry> entries, Deadline deadline) {
        CacheStoreException refusal = far.refusePut();
        if (refusal != null) {
            entries.forEach((key, entry) -> putNear(key, entry, deadline, refusal));
            return;
        }
        List<Flight> boarded = flights.boardAll(entries.keySet());
        try {
            long[] began = boarded.stream().mapToLong(Flight::beginWrite).toArray();
            CacheStoreException farFailure = far.put(entries, deadline);
            boolean kept = settle(entries, boarded, began, farFailure, deadline);
            if (farFailure != null) {
                Failures.refuseExpired("put", deadline, farFailure);
                if (!kept) {
                    throw farFailure;
                }
            }
        } finally {
            boarded.forEach(flights::leave);
        }
    }

    /** Does in near what far did or, if that failed, should have done; returns whether near works. */
    private boolean settle(
            Map<CacheKey, CacheEntry> entries,
            List<Flight> boarded,
            long[] began,
            @Nullable CacheStoreException farFailure,
            Deadline deadline) {
        boarded.forEach(Flight::lock);
        try {
            Map<CacheKey, CacheEntry> kept = new HashMap<>();
            List<CacheKey> contested = new ArrayList<>();
            for (int i = 0; i < began.length; i++) {
                CacheKey key = boarded.get(i).key();
                boolean alone = boarded.get(i).endWrite(began[i]);
                // What far missed is nowhere unless near has it, so far cannot be left to answer.
                if (alone || farFailure != null) {
                    kept.put(key, Objects.requireNonNull(entries.get(key), "boarded for this entry"));
                } else {
                    contested.add(key);
                }
            }
            return near.settle(kept, contested, deadline);
        } finally {
            boarded.forEach(Flight::unlock);
        }
    }

    /** Puts to near alone because of {@code refusal}, which is thrown where near fails as well. */
    private void putNear(CacheKey key, CacheEntry entry, Deadline deadline, CacheStoreException refusal) {
        Flight flight = flights.board(key);
        flight.lock();
        try {
            flight.advance();
            if (!near.settle(Map.of(key, entry), List.of(), deadline)) {
                throw refusal;
            }
        } finally {
            flight.unlock();
            flights.leave(flight);
        }
        Failures.refuseExpired("put", deadline, refusal);
    }

    /** Puts to near and on the way to far, waiting for a place there but not for the outcome. */
    void putBehind(CacheKey key, CacheEntry entry, Deadline deadline) {
        CacheStoreException refusal = far.refusePutAsync(deadline);
        if (refusal != null) {
            far.lost(refusal);
            putNear(key, entry, deadline, refusal);
            return;
        }
        // How it ends is counted by far, and told by flush.
        CompletableFuture<?> unused = putBoth(key, entry, deadline, FarTier.behind());
    }

    /** Puts to near and on the way to far without waiting, and returns what completes as far does. */
    CompletableFuture<@Nullable Void> putAsync(CacheKey key, CacheEntry entry, Deadline deadline) {
        CacheStoreException refusal = far.refusePutAsync(AT_ONCE);
        if (refusal != null) {
            putNear(key, entry, deadline, refusal);
            return CompletableFuture.failedFuture(refusal);
        }
        return putBoth(key, entry, deadline, deadline);
    }

    private CompletableFuture<@Nullable Void> putBoth(
            CacheKey key, CacheEntry entry, Deadline deadline, Deadline farDeadline) {
        Flight flight = flights.board(key);
        flight.lock();
        try {
            flight.advance();
            // Far comes first: its place must be used or given back, and whoever is closed must say so.
            CompletableFuture<@Nullable Void> farDone = far.putAsync(key, entry, farDeadline);
            boolean kept = near.settle(Map.of(key, entry), List.of(), deadline);
            if (!kept && farDone.isCompletedExceptionally()) {
                throw new CacheStoreException(
                        CacheStoreException.Kind.UNAVAILABLE, "neither tier took the put", failureOf(farDone));
            }
            return farDone;
        } finally {
            flight.unlock();
            flights.leave(flight);
        }
    }

    private static @Nullable Throwable failureOf(CompletableFuture<?> failed) {
        return failed.handle((nothing, failure) -> failure).join();
    }

    boolean remove(CacheKey key, Deadline deadline) {
        boolean removed = false;
        FirstFailure failure = new FirstFailure();
        Flight flight = flights.board(key);
        try {
            long began = flight.beginWrite();
            try {
                removed = far.remove(key, deadline);
            } catch (CacheStoreException e) {
                failure.add(e);
            }
            flight.lock();
            try {
                boolean alone = flight.endWrite(began);
                boolean nearHadIt = near.remove(key, deadline);
                // Of several removals at once, far tells which one it was.
                removed |= nearHadIt && alone;
            } catch (CacheStoreException e) {
                failure.add(e);
            } finally {
                flight.unlock();
            }
        } finally {
            flights.leave(flight);
        }
        failure.throwIfAny();
        return removed;
    }

    long removeTagged(String tag, Deadline deadline) {
        long removed = 0;
        FirstFailure failure = new FirstFailure();
        try {
            removed = far.removeTagged(tag, deadline);
        } catch (CacheStoreException e) {
            failure.add(e);
        }
        flights.divert();
        try {
            removed = Math.max(removed, near.removeTagged(tag, deadline));
        } catch (CacheStoreException e) {
            failure.add(e);
        }
        failure.throwIfAny();
        return removed;
    }

    void clear(Deadline deadline) {
        FirstFailure failure = new FirstFailure();
        failure.of(() -> far.clear(deadline));
        flights.divert();
        failure.of(() -> near.clear(deadline));
        failure.throwIfAny();
    }

    /** Returns whether no call is changing near. */
    boolean isAtRest() {
        return flights.isEmpty();
    }
}
