package dev.larder.cache.memory;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the slots that carry a tag.
 *
 * <p>A slot is added before it enters the cache and taken out when the cache says that it left, which it says exactly
 * once for each, whatever the cause. So the index holds every slot in the cache, and for moments one that is about to
 * enter or has just left; those are told apart by asking the cache. A tag without slots is not kept.
 */
final class TagIndex {
    private final ConcurrentHashMap<String, Set<Slot>> slotsByTag = new ConcurrentHashMap<>();

    void add(Slot slot) {
        for (String tag : slot.entry.tags()) {
            // Both changes happen inside compute, so that no slot is added to a set that is being dropped as empty.
            slotsByTag.compute(tag, (name, slots) -> {
                Set<Slot> kept = slots == null ? ConcurrentHashMap.newKeySet() : slots;
                kept.add(slot);
                return kept;
            });
        }
    }

    void remove(Slot slot) {
        for (String tag : slot.entry.tags()) {
            slotsByTag.computeIfPresent(tag, (name, slots) -> {
                slots.remove(slot);
                return slots.isEmpty() ? null : slots;
            });
        }
    }

    /** Returns the slots with {@code tag}: a view, to be iterated while it changes. */
    Collection<Slot> tagged(String tag) {
        return slotsByTag.getOrDefault(tag, Set.of());
    }

    boolean isEmpty() {
        return slotsByTag.isEmpty();
    }
}
