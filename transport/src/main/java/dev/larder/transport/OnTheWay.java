package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the store has been given, or is about to be, and has not confirmed: it answers from here until then.
 *
 * <p>A store may carry out two writes of one key in any order, and a write after a removal that came later. So whatever
 * was written last, or removed, stays here until every write of its key has ended, and if there was more than one thing
 * to do, the store is then {@linkplain #end told again} what it should have come to.
 *
 * <p>An answer that a change has outdated is refused under the lock that removals take: whatever is shown here is either
 * from after a change, or there when the removal for that change looks for it.
 */
final class OnTheWay {
    /** Stands where something was removed that the store may yet come to have: there is nothing, whatever it says. */
    enum Gone implements Stored {
        GONE
    }

    /**
     * What is under a key.
     *
     * @param unfinished how many writes the store has not ended
     * @param disordered whether the store may come to something else than {@code stored}
     * @param settling whether the last of the writes is to make it come to that
     */
    private record Trip(Stored stored, int unfinished, boolean disordered, boolean settling) {}

    private final ConcurrentHashMap<CacheKey, Trip> byKey = new ConcurrentHashMap<>();
    private final Object lock = new Object();

    /** Returns what is on its way, a mark that there is nothing, or null: then the store knows. */
    @Nullable
    Stored get(CacheKey key) {
        Trip trip = byKey.get(key);
        return trip == null ? null : trip.stored;
    }

    /**
     * Begins a write, which has to be {@linkplain #end ended}.
     *
     * @param outdated is asked while nothing is being removed here
     * @return false, and nothing begins, if what is written is out of date
     */
    boolean begin(CacheKey key, Stored stored, BooleanSupplier outdated) {
        synchronized (lock) {
            if (outdated.getAsBoolean()) {
                return false;
            }
            byKey.merge(key, new Trip(stored, 1, false, false), (known, one) -> {
                // Of two indexes either will do: what the one has not, the next response brings.
                boolean alike = known.stored instanceof VaryIndex && stored instanceof VaryIndex;
                return new Trip(stored, known.unfinished + 1, known.disordered || !alike, false);
            });
            return true;
        }
    }

    /**
     * Ends a write.
     *
     * @return what the store has to be told to keep, or that it has nothing to keep, after which this is called once
     *     more; null if there is nothing more to do
     */
    @Nullable
    Stored end(CacheKey key) {
        Trip trip = byKey.computeIfPresent(key, (same, known) -> {
            if (known.unfinished > 1) {
                return new Trip(known.stored, known.unfinished - 1, known.disordered, false);
            }
            return known.disordered ? new Trip(known.stored, 1, false, true) : null;
        });
        return trip != null && trip.settling ? trip.stored : null;
    }

    /** Removes what is under a key; returns whether there was anything. */
    boolean remove(CacheKey key) {
        synchronized (lock) {
            Stored found = get(key);
            mark(key);
            return found != null && found != Gone.GONE;
        }
    }

    /** Removes every response with a tag. */
    void removeTagged(String tag) {
        synchronized (lock) {
            byKey.forEach((key, trip) -> {
                if (trip.stored instanceof StoredResponse response
                        && response.tags().contains(tag)) {
                    mark(key);
                }
            });
        }
    }

    private void mark(CacheKey key) {
        byKey.computeIfPresent(key, (same, trip) -> new Trip(Gone.GONE, trip.unfinished, true, false));
    }
}
