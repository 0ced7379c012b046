package dev.larder.example;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A store that breaks one rule, and the test of the kit that must say so.
 *
 * @param name what it does wrong
 * @param group the group of the contract that the test is in
 * @param test the test that fails for it
 * @param opener opens it
 */
record BrokenStore(String name, String group, String test, MapFixture.Opener opener) {
    static final List<BrokenStore> ALL = Stream.of(BrokenCalls.ALL, BrokenStorage.ALL, BrokenUnderLoad.ALL)
            .flatMap(List::stream)
            .toList();

    static BrokenStore named(String name) {
        return ALL.stream().filter(store -> store.name.equals(name)).findFirst().orElseThrow();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Opens a store that keeps something else than it was given. */
    static MapFixture.Opener altering(UnaryOperator<CacheEntry> change) {
        return (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
            @Override
            protected void keep(CacheKey key, CacheEntry entry) {
                super.keep(key, change.apply(entry));
            }
        };
    }

    /** Opens a store that compares the tag of an entry and the one asked for in its own way. */
    static MapFixture.Opener matching(BiPredicate<String, String> match) {
        return (storage, clock, maxEntries) -> new MapCacheStore(storage, clock, maxEntries) {
            @Override
            protected boolean carries(CacheEntry entry, String tag) {
                return entry.tags().stream().anyMatch(carried -> match.test(carried, tag));
            }
        };
    }

    static CacheEntry.Builder copy(CacheEntry entry) {
        return CacheEntry.newBuilder()
                .metadata(entry.metadata())
                .data(entry.data())
                .storedAt(entry.storedAt())
                .deleteAt(entry.deleteAt())
                .tags(entry.tags());
    }
}
