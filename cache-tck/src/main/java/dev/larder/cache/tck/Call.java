package dev.larder.cache.tck;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import java.util.Map;
import java.util.Set;

/** Every call that takes a deadline, made alike so that a rule can be put to all of them. */
enum Call {
    GET,
    GET_ALL,
    GET_ALL_OF_NONE,
    SCAN,
    PUT,
    PUT_ALL,
    PUT_ALL_OF_NONE,
    PUT_ASYNC,
    REMOVE,
    REMOVE_TAGGED,
    CLEAR,
    FLUSH;

    /** Makes the call with whatever it needs of these arguments; waits for a stage and throws what it failed with. */
    void make(CacheStore store, CacheKey key, CacheEntry entry, Deadline deadline) {
        switch (this) {
            case GET -> store.get(key, deadline);
            case GET_ALL -> store.getAll(Set.of(key), deadline);
            case GET_ALL_OF_NONE -> store.getAll(Set.of(), deadline);
            case SCAN -> store.scan((k, e) -> {}, deadline);
            case PUT -> store.put(key, entry, deadline);
            case PUT_ALL -> store.putAll(Map.of(key, entry), deadline);
            case PUT_ALL_OF_NONE -> store.putAll(Map.of(), deadline);
            case PUT_ASYNC -> Rules.await(store.putAsync(key, entry, deadline));
            case REMOVE -> store.remove(key, deadline);
            case REMOVE_TAGGED -> store.removeTagged("tag", deadline);
            case CLEAR -> store.clear(deadline);
            case FLUSH -> store.flush(deadline);
        }
    }
}
