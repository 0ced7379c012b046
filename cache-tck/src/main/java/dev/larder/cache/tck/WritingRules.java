package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.StoreCapability;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Puts and removals do what they say, and nothing beside it. */
abstract class WritingRules extends Rules {
    WritingRules(ContractRun run) {
        super(run);
    }

    @Test
    void aPutReplacesWhatWasThere() {
        CacheStore store = open();
        store.put(key(1), entry("a longer first text", "first"), soon());
        store.put(key(2), entry("beside"), soon());
        store.put(key(1), entry("second", "second"), soon());
        assertThat(store.get(key(1), soon())).isEqualTo(entry("second", "second"));
        assertThat(store.get(key(2), soon())).isEqualTo(entry("beside"));
    }

    @Test
    void putAllKeepsEveryEntry() {
        CacheStore store = open();
        store.put(key(1), entry("old", "old"), soon());
        store.putAll(entries(3, "new"), soon());
        assertThat(scan(store)).isEqualTo(entries(3, "new"));
    }

    @Test
    void putAllOfNothingDoesNothing() {
        CacheStore store = open();
        store.put(key(1), entry("one"), soon());
        store.putAll(Map.of(), soon());
        assertThat(scan(store)).isEqualTo(Map.of(key(1), entry("one")));
        assertThat(store.stats().puts()).isEqualTo(1);
    }

    @Test
    void putAllKeepsFiveHundred() {
        CacheStore store = open();
        Map<CacheKey, CacheEntry> entries = entries(500, "tag", "other");
        store.putAll(entries, soon());
        assertThat(scan(store)).isEqualTo(entries);
    }

    @Test
    void putsAreCounted() {
        CacheStore store = open();
        store.put(key(1), entry("one"), soon());
        store.put(key(1), entry("one again"), soon());
        store.putAll(entries(5), soon());
        await(store.putAsync(key(9), entry("nine"), soon()));
        store.flush(soon());
        assertThat(store.stats().puts()).isEqualTo(8);
    }

    @Test
    void aRemovedEntryIsAbsent() {
        CacheStore store = open();
        entries(3).forEach((key, entry) -> store.put(key, entry, soon()));
        store.remove(key(1), soon());
        assertThat(store.get(key(1), soon())).isNull();
        assertThat(scan(store)).containsOnlyKeys(key(0), key(2));
    }

    @Test
    void removeSaysWhetherThereWasAnEntry() {
        CacheStore store = open();
        store.put(key(1), entry("one"), soon());
        assertThat(store.remove(key(1), soon())).isTrue();
        assertThat(store.remove(key(1), soon())).isFalse();
        assertThat(store.remove(key(2), soon())).isFalse();
    }

    @Test
    void removalsAreCounted() {
        CacheStore store = open();
        store.putAll(entries(5, "tag"), soon());
        store.remove(key(1), soon());
        store.remove(key(9), soon());
        assertThat(store.stats().removals()).isEqualTo(1);
        store.removeTagged("tag", soon());
        assertThat(store.stats().removals()).isEqualTo(5);
    }

    @Test
    void aKeyCanBePutAgainAfterItWasRemoved() {
        CacheStore store = open();
        store.put(key(1), entry("one", "tag"), soon());
        store.remove(key(1), soon());
        store.put(key(1), entry("again"), soon());
        assertThat(store.get(key(1), soon())).isEqualTo(entry("again"));
    }

    @Test
    void clearErasesEveryEntry() {
        CacheStore store = open();
        store.clear(soon());
        store.putAll(entries(100, "tag"), soon());
        store.clear(soon());
        assertThat(scan(store)).isEmpty();
        assertThat(store.get(key(1), soon())).isNull();
        assertThat(store.removeTagged("tag", soon())).isZero();
        store.put(key(1), entry("again"), soon());
        assertThat(scan(store)).isEqualTo(Map.of(key(1), entry("again")));
    }

    @Test
    void anAsynchronousPutIsVisibleOnceItsStageCompletes() {
        CacheStore store = open();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        CompletionStage<@Nullable Void> stage = store.putAsync(key(1), entry("one", "tag"), soon());
        await(stage.whenComplete((nothing, thrown) -> failure.set(thrown)));
        assertThat(failure).hasNullValue();
        assertThat(store.get(key(1), soon())).isEqualTo(entry("one", "tag"));
    }

    @Test
    void manyAsynchronousPutsComplete() {
        CacheStore store = open();
        Map<CacheKey, CacheEntry> entries = entries(200, "tag");
        List<CompletionStage<@Nullable Void>> stages = new ArrayList<>();
        entries.forEach((key, entry) -> stages.add(store.putAsync(key, entry, soon())));
        stages.forEach(Rules::await);
        assertThat(scan(store)).isEqualTo(entries);
    }

    @Test
    void flushWaitsForAsynchronousPuts() {
        CacheStore store = open();
        Map<CacheKey, CacheEntry> entries = entries(50);
        List<CompletionStage<@Nullable Void>> stages = new ArrayList<>();
        entries.forEach((key, entry) -> stages.add(store.putAsync(key, entry, soon())));
        store.flush(soon());
        assertThat(scan(store)).isEqualTo(entries);
        stages.forEach(Rules::await);
    }

    @Test
    void asynchronousPutsToOneKeyTakeEffectInOrder() {
        CacheStore store = open();
        List<CompletionStage<@Nullable Void>> stages = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            stages.add(store.putAsync(key(1), entry("version " + i), soon()));
        }
        stages.forEach(Rules::await);
        assertThat(store.get(key(1), soon())).isEqualTo(entry("version 49"));
    }

    @Test
    void asynchronousPutsNeverWait() {
        assume(StoreCapability.ASYNC_PUTS);
        CacheStore store = open();
        List<CompletionStage<@Nullable Void>> stages = new ArrayList<>();
        assertSomeRoundWithoutWaiting(() -> {
            for (int i = 0; i < 10; i++) {
                stages.add(store.putAsync(key(i), entry("entry " + i), soon()));
            }
        });
        stages.forEach(Rules::await);
    }

    @Test
    void anImmediateStoreNeverWaits() {
        assume(StoreCapability.IMMEDIATE);
        CacheStore store = open();
        Map<CacheKey, CacheEntry> entries = entries(10, "tag");
        assertSomeRoundWithoutWaiting(() -> {
            store.putAll(entries, soon());
            assertThat(store.putAsync(key(1), entry("one", "tag"), soon()).toCompletableFuture())
                    .isDone();
            store.getAll(entries.keySet(), soon());
            store.get(key(1), soon());
            store.scan((key, entry) -> {}, soon());
            store.remove(key(1), soon());
            store.removeTagged("tag", soon());
            store.flush(soon());
            store.clear(soon());
        });
    }

    /**
     * Fails if this thread was parked in every one of several rounds. In a single one it may have been: classes are
     * loaded at first, and a store may let its own threads in.
     */
    private static void assertSomeRoundWithoutWaiting(Runnable round) {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            long before = waits();
            round.run();
            waits.add(waits() - before);
        }
        assertThat(waits)
                .as("how often the calling thread waited in each round")
                .contains(0L);
    }

    private static long waits() {
        return ManagementFactory.getThreadMXBean()
                .getThreadInfo(Thread.currentThread().getId())
                .getWaitedCount();
    }

    @Test
    void flushOfAStoreAtRestReturns() {
        CacheStore store = open();
        store.flush(soon());
        store.put(key(1), entry("one"), soon());
        store.flush(soon());
        store.flush(soon());
        assertThat(store.get(key(1), soon())).isEqualTo(entry("one"));
    }

    @Test
    void nullArgumentsAreRefusedAndChangeNothing() {
        CacheStore store = open();
        store.put(key(1), entry("one", "tag"), soon());
        Map<CacheKey, CacheEntry> hole = new HashMap<>();
        hole.put(key(1), nothing());

        assertThatNullPointerException().isThrownBy(() -> store.put(nothing(), entry("two"), soon()));
        assertThatNullPointerException().isThrownBy(() -> store.put(key(1), nothing(), soon()));
        assertThatNullPointerException().isThrownBy(() -> store.put(key(1), entry("two"), nothing()));
        assertThatNullPointerException().isThrownBy(() -> store.putAsync(nothing(), entry("two"), soon()));
        assertThatNullPointerException().isThrownBy(() -> store.putAsync(key(1), nothing(), soon()));
        assertThatNullPointerException().isThrownBy(() -> store.putAsync(key(1), entry("two"), nothing()));
        assertThatNullPointerException().isThrownBy(() -> store.putAll(nothing(), soon()));
        assertThatNullPointerException().isThrownBy(() -> store.putAll(hole, soon()));
        assertThatNullPointerException().isThrownBy(() -> store.putAll(Map.of(key(1), entry("two")), nothing()));
        assertThatNullPointerException().isThrownBy(() -> store.remove(nothing(), soon()));
        assertThatNullPointerException().isThrownBy(() -> store.remove(key(1), nothing()));
        assertThatNullPointerException().isThrownBy(() -> store.removeTagged(nothing(), soon()));
        assertThatNullPointerException().isThrownBy(() -> store.removeTagged("tag", nothing()));
        assertThatNullPointerException().isThrownBy(() -> store.clear(nothing()));
        assertThatNullPointerException().isThrownBy(() -> store.flush(nothing()));

        assertThat(scan(store)).isEqualTo(Map.of(key(1), entry("one", "tag")));
        assertThat(store.stats().puts()).isEqualTo(1);
    }
}
