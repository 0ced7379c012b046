package dev.larder.perf.torture;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** Performs the operations of one owner on a store. For that owner's thread. */
final class Performer {
    private final CacheStore store;
    private final int owner;

    Performer(CacheStore store, int owner) {
        this.store = store;
        this.owner = owner;
    }

    /**
     * Performs the operation and returns what it found, in the numbers that {@link Op.Kind} speaks of.
     *
     * @throws CacheStoreException if the call failed
     */
    List<Long> perform(Op op) {
        return switch (op.kind()) {
            case PUT -> {
                int index = op.indexes().get(0);
                store.put(Contents.key(owner, index), Contents.entry(owner, index, op.version()), Deadline.never());
                yield List.of();
            }
            case PUT_ASYNC -> putAsync(op.indexes().get(0), op.version());
            case PUT_ALL -> {
                Map<CacheKey, CacheEntry> entries = new LinkedHashMap<>();
                op.indexes()
                        .forEach(index ->
                                entries.put(Contents.key(owner, index), Contents.entry(owner, index, op.version())));
                store.putAll(entries, Deadline.never());
                yield List.of();
            }
            case GET -> List.of(get(owner, op.indexes().get(0)));
            case GET_ALL -> getAll(op.indexes());
            case REMOVE -> {
                int index = op.indexes().get(0);
                yield List.of(store.remove(Contents.key(owner, index), Deadline.never()) ? 1L : 0L);
            }
            case REMOVE_TAGGED -> List.of(store.removeTagged(Contents.tag(owner, op.tag()), Deadline.never()));
            case FLUSH -> {
                store.flush(Deadline.never());
                yield List.of();
            }
        };
    }

    /** Returns the version under a key of whatever owner. */
    long get(int ofOwner, int index) {
        return Contents.version(ofOwner, index, store.get(Contents.key(ofOwner, index), Deadline.never()));
    }

    private List<Long> getAll(List<Integer> indexes) {
        Map<CacheKey, Integer> keys = new LinkedHashMap<>();
        indexes.forEach(index -> keys.put(Contents.key(owner, index), index));
        Map<CacheKey, CacheEntry> found = store.getAll(keys.keySet(), Deadline.never());
        if (!keys.keySet().containsAll(found.keySet())) {
            return indexes.stream().map(index -> Contents.MALFORMED).toList();
        }
        return keys.entrySet().stream()
                .map(key -> Contents.version(owner, key.getValue(), found.get(key.getKey())))
                .toList();
    }

    private List<Long> putAsync(int index, long version) {
        try {
            store.putAsync(Contents.key(owner, index), Contents.entry(owner, index, version), Deadline.never())
                    .toCompletableFuture()
                    .join();
            return List.of();
        } catch (CompletionException e) {
            if (e.getCause() instanceof CacheStoreException failure) {
                if (failure.kind() == CacheStoreException.Kind.BUSY) {
                    return List.of(Op.REFUSED);
                }
                throw failure;
            }
            throw e;
        }
    }
}
