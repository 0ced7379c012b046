package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the store has been given, or is about to be, and has not confirmed: it answers from here until then. */
final class OnTheWay {
    private final ConcurrentHashMap<CacheKey, Stored> byKey = new ConcurrentHashMap<>();

    @Nullable
    Stored get(CacheKey key) {
        return byKey.get(key);
    }

    void add(CacheKey key, Stored stored) {
        byKey.put(key, stored);
    }

    /** Forgets {@code stored}, unless something newer is under its key. */
    void remove(CacheKey key, Stored stored) {
        byKey.computeIfPresent(key, (same, found) -> found == stored ? null : found);
    }

    /** Forgets what is under a key; returns whether there was anything. */
    boolean remove(CacheKey key) {
        return byKey.remove(key) != null;
    }

    /** Forgets everything with a tag. */
    void removeTagged(String tag) {
        byKey.values()
                .removeIf(stored -> stored instanceof StoredResponse response
                        && response.tags().contains(tag));
    }
}
