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

    @Nullable
    Flight get(CacheKey key) {
        return flights.get(key);
    }

    /** Returns the flight that has taken off for {@code key} already; null if {@code mine} has now. */
    @Nullable
    Flight takeOff(CacheKey key, Flight mine) {
        return flights.putIfAbsent(key, mine);
    }

    /** Lets {@code mine} take off in place of {@code other}, whose answer does not fit; false if that has gone. */
    boolean takeOffInPlaceOf(CacheKey key, Flight other, Flight mine) {
        return flights.replace(key, other, mine);
    }

    /** Returns the stamp of {@code key}, to be compared with a later one. */
    long stamp(CacheKey key) {
        return stamps.get(index(key));
    }

    /** Makes room for another flight, after the answer of this one was stored or lost. */
    void land(CacheKey key, Flight flight) {
        stamps.incrementAndGet(index(key));
        flights.remove(key, flight);
    }

    /** Returns how many callers follow another's call now. */
    int followers() {
        return flights.values().stream().mapToInt(Flight::followers).sum();
    }

    private static int index(CacheKey key) {
        return (int) key.prefix() & (STAMPS - 1);
    }
}
