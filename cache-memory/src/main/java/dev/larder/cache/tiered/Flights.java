package dev.larder.cache.tiered;

import dev.larder.cache.CacheKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys whose tiers are being changed: what keeps near from holding what far no longer has.
 *
 * <p>A call that is going to change near boards its key first, and leaves in the end; a key without calls costs
 * nothing. All calls aboard the same key share a flight, whose generation grows whenever a write of that key begins or
 * ends. Three kinds of calls come aboard:
 *
 * <ul>
 *   <li>A <b>promotion</b> notes the generation, asks far, and puts what it got into near only if the generation is
 *       still the same. What was removed or replaced meanwhile so cannot come back, and a promotion that boards after
 *       a write has ended asks far after that write did.
 *   <li>A <b>write through</b> begins, does its work in far, and ends by doing the same in near; but if another write
 *       of the key overlaps with it, nobody knows which of them far did last, and so both take the key out of near,
 *       which leaves the answer to far. A put that far fails at goes to near all the same: far does not have it.
 *   <li>A <b>write behind</b> goes to near and to far's queue in one step, so that both get such writes in the same
 *       order, whatever the outcome in far.
 * </ul>
 *
 * <p>The check of the generation and the change of near are one step under the flight's lock. It is held while near
 * works, never while far does; calls of other keys have other locks. Promotions do not wait for it but give up.
 */
final class Flights {
    private final ConcurrentHashMap<CacheKey, Flight> flights = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /** One key with calls aboard. */
    static final class Flight {
        private final CacheKey key;
        // The order in which calls of many keys take their locks.
        private final long number;
        private final ReentrantLock lock = new ReentrantLock();
        // Written under the lock.
        private volatile long generation;
        // Guarded by the lock.
        private int writing;
        // Guarded by the map: changed inside compute only.
        private int aboard;

        private Flight(CacheKey key, long number) {
            this.key = key;
            this.number = number;
        }

        /** Returns what tells whether a write of the key began or ended since. */
        long generation() {
            return generation;
        }

        /** Notes that a write begins, and returns the generation to hand to {@link #endWrite}. */
        long beginWrite() {
            lock.lock();
            try {
                writing++;
                return advance();
            } finally {
                lock.unlock();
            }
        }

        /** Notes that a write ends, with the lock held, and returns whether it overlapped with no other. */
        boolean endWrite(long began) {
            boolean alone = generation == began && writing == 1;
            writing--;
            advance();
            return alone;
        }

        /** Makes the promotions and writes under way keep their hands off near. */
        void divert() {
            lock.lock();
            try {
                advance();
            } finally {
                lock.unlock();
            }
        }

        /** Notes a write that begins and ends at once, with the lock held. */
        long advance() {
            long next = generation + 1;
            generation = next;
            return next;
        }

        void lock() {
            lock.lock();
        }

        boolean tryLock() {
            return lock.tryLock();
        }

        void unlock() {
            lock.unlock();
        }

        CacheKey key() {
            return key;
        }
    }

    Flight board(CacheKey key) {
        return flights.compute(key, (k, flight) -> {
            Flight joined = flight == null ? new Flight(k, numbers.incrementAndGet()) : flight;
            joined.aboard++;
            return joined;
        });
    }

    /** Boards every key, and returns the flights in the order in which their locks are taken. */
    List<Flight> boardAll(Collection<CacheKey> keys) {
        List<Flight> boarded = new ArrayList<>(keys.size());
        for (CacheKey key : keys) {
            boarded.add(board(key));
        }
        boarded.sort(Comparator.comparingLong(flight -> flight.number));
        return boarded;
    }

    void leave(Flight left) {
        flights.computeIfPresent(left.key, (key, flight) -> --flight.aboard == 0 ? null : flight);
    }

    /** Lets no promotion and no write that is under way put anything into near any more. */
    void divert() {
        for (Flight flight : flights.values()) {
            flight.divert();
        }
    }

    boolean isEmpty() {
        return flights.isEmpty();
    }
}
