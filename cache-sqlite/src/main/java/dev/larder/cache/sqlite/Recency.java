package dev.larder.cache.sqlite;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Who was used when: noted in memory by readers, written by the writer now and then.
 *
 * <p>Time here is logical: each use is later than the one before, also while the wall clock stands still or steps
 * back, so that the order of uses is exact. It stays near the microseconds since 1970, so that processes which share a
 * file agree about it roughly.
 *
 * <p>Notes are kept by key prefix rather than row, because a put that waits in the queue can be read but has no row
 * yet. The latest use of a key replaces earlier ones. Beyond {@link #CAPACITY} further keys are not noted: a lost note
 * costs an entry some of its age, waiting would cost a reader its time.
 */
final class Recency {
    private static final int CAPACITY = 1 << 16;
    /** So many notes are worth a batch of their own. */
    private static final int MANY = 4096;

    private final InstantSource clock;
    private final AtomicLong last;
    private final ConcurrentHashMap<Long, Long> notes = new ConcurrentHashMap<>();

    Recency(InstantSource clock, long last) {
        this.clock = clock;
        this.last = new AtomicLong(last);
    }

    /** Returns the time of a use that happens now. */
    long tick() {
        long now = Times.micros(clock.instant());
        while (true) {
            long before = last.get();
            long next = Math.max(before + 1, now);
            if (last.compareAndSet(before, next)) {
                return next;
            }
        }
    }

    void note(long prefix) {
        long usedAt = tick();
        if (notes.mappingCount() < CAPACITY) {
            notes.merge(prefix, usedAt, Math::max);
        } else {
            notes.computeIfPresent(prefix, (key, noted) -> Math.max(noted, usedAt));
        }
    }

    /** Removes and returns the note about one key, or null. */
    @Nullable
    Long take(long prefix) {
        return notes.remove(prefix);
    }

    boolean isEmpty() {
        return notes.isEmpty();
    }

    boolean isLarge() {
        return notes.mappingCount() >= MANY;
    }

    /** Removes up to {@code limit} notes. */
    Map<Long, Long> take(int limit) {
        Map<Long, Long> taken = new HashMap<>();
        Iterator<Long> prefixes = notes.keySet().iterator();
        while (taken.size() < limit && prefixes.hasNext()) {
            Long prefix = prefixes.next();
            Long usedAt = notes.remove(prefix);
            if (usedAt != null) {
                taken.put(prefix, usedAt);
            }
        }
        return taken;
    }
}
