package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The flights of a client by key, and a proof that a miss is still a miss.
 *
 * <p>Between a caller's look into the store and its own flight, another flight for the key may have come and gone. So
 * each landing raises a stamp, one of some hundreds shared by the keys, before it makes room: whoever finds the stamp
 * as it was before the look has missed nothing, and everybody else looks again.
 */
final class Flights {
    private static final int STAMPS = 1024;

    private final ConcurrentHashMap<CacheKey, Flight> flights = new ConcurrentHashMap<>();
    private final AtomicLongArray stamps = new AtomicLongArray(STAMPS);
    // The beginnings of keys whose last answer was not for keeping: calls for one of them do not wait for each other.
    private final AtomicLongArray notKept = new AtomicLongArray(STAMPS);

    @Nullable
    Flight get(CacheKey key) {
        return flights.get(key);
    }

    /** Returns the flight that has taken off for {@code key} already; null if {@code mine} has now. */
    @Nullable
    Flight takeOff(CacheKey key, Flight mine) {
        return flights.putIfAbsent(key, mine);
    }

    /** Returns the stamp of {@code key}, to be compared with a later one. */
    long stamp(CacheKey key) {
        return stamps.get(index(key));
    }

    /** Makes room for another flight, after the answer of this one is on its way to the store, or lost. */
    void land(CacheKey key, Flight flight) {
        stamps.incrementAndGet(index(key));
        flights.remove(key, flight);
    }

    /** Remembers whether the answers under {@code key} are for keeping. A few keys share a place, and forget each other. */
    void setKept(CacheKey key, boolean kept) {
        int index = index(key);
        if (!kept) {
            notKept.setOpaque(index, key.prefix());
        } else if (notKept.getOpaque(index) == key.prefix()) {
            notKept.setOpaque(index, 0);
        }
    }

    /** Returns whether the last answer under {@code key} was not for keeping, so that nobody should wait for the next. */
    boolean isNotKept(CacheKey key) {
        return notKept.getOpaque(index(key)) == key.prefix() && key.prefix() != 0;
    }

    /** Returns whether no call is under way that others may follow. */
    boolean isEmpty() {
        return flights.isEmpty();
    }

    /** Returns how many callers follow another's call now. */
    int followers() {
        return flights.values().stream().mapToInt(Flight::followers).sum();
    }

    private static int index(CacheKey key) {
        return (int) key.prefix() & (STAMPS - 1);
    }
}
