package dev.larder.cache.tiered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.memory.MemoryCacheStore;
import dev.larder.cache.tck.FaultyStore;
import dev.larder.cache.tck.FaultyStore.Method;
import dev.larder.cache.tck.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TieredCacheStoreTest {
    private final CacheStoreException gone = new CacheStoreException(Kind.UNAVAILABLE, "unplugged");

    private final ManualClock clock = new ManualClock();
    private final CacheStore nearMemory =
            MemoryCacheStore.newBuilder().clock(clock).build();
    private final CacheStore farMemory =
            MemoryCacheStore.newBuilder().clock(clock).build();
    private final FaultyStore near = new FaultyStore(nearMemory);
    private final FaultyStore far = new FaultyStore(farMemory);
    private final TieredCacheStore store =
            TieredCacheStore.newBuilder(near, far).clock(clock).build();

    private static CacheKey key(int number) {
        return CacheKey.sha256(("key " + number).getBytes(StandardCharsets.UTF_8));
    }

    private static CacheEntry entry(String text) {
        return entry(text, Instant.MAX);
    }

    private static CacheEntry entry(String text, Instant deleteAt) {
        return CacheEntry.newBuilder()
                .data(text.getBytes(StandardCharsets.UTF_8))
                .storedAt(Instant.EPOCH)
                .deleteAt(deleteAt)
                .tag("tag")
                .build();
    }

    private static CacheEntry get(CacheStore store, int number) {
        return store.get(key(number), Deadline.never());
    }

    private static void put(CacheStore store, int number, String text) {
        store.put(key(number), entry(text), Deadline.never());
    }

    @AfterEach
    void close() {
        near.heal();
        far.heal();
        assertThat(store.isAtRest()).isTrue();
        try {
            store.close();
        } catch (CacheStoreException e) {
            // Where far was made to fail, this is close's to tell.
            assertThat(e).hasMessageContaining("did not reach the far tier");
        }
    }

    @Test
    void aPromotedEntryKeepsItsLife() {
        CacheEntry entry = entry("one", clock.instant().plusSeconds(10));
        farMemory.put(key(1), entry, Deadline.never());
        farMemory.put(key(2), entry, Deadline.never());
        clock.advance(Duration.ofSeconds(9));
        assertThat(get(store, 1)).isEqualTo(entry);
        assertThat(store.getAll(Set.of(key(2)), Deadline.never())).containsEntry(key(2), entry);
        assertThat(get(nearMemory, 1)).isEqualTo(entry);
        assertThat(get(nearMemory, 2)).isEqualTo(entry);
        clock.advance(Duration.ofSeconds(1));
        assertThat(get(store, 1)).isNull();
    }

    @Test
    void bulkCallsAreOneCallToEachTier() {
        Map<CacheKey, CacheEntry> entries = Map.of(key(1), entry("one"), key(2), entry("two"));
        store.putAll(entries, Deadline.never());
        assertThat(far.calls()).containsOnlyOnce(Method.PUT_ALL).doesNotContain(Method.PUT);
        assertThat(near.calls()).containsOnlyOnce(Method.PUT_ALL).doesNotContain(Method.PUT);
        nearMemory.clear(Deadline.never());
        assertThat(store.getAll(entries.keySet(), Deadline.never())).isEqualTo(entries);
        assertThat(store.getAll(entries.keySet(), Deadline.never())).isEqualTo(entries);
        assertThat(far.calls()).containsOnlyOnce(Method.GET_ALL).doesNotContain(Method.GET);
        assertThat(store.stats().hits()).isEqualTo(4);
    }

    @Test
    void aFailingFarIsAMissThatIsCounted() {
        put(store, 1, "one");
        far.failWith(gone);
        assertThat(get(store, 1)).isEqualTo(entry("one"));
        assertThat(get(store, 2)).isNull();
        assertThat(store.getAll(Set.of(key(1), key(3)), Deadline.never())).containsOnlyKeys(key(1));
        put(store, 4, "four");
        assertThat(get(store, 4)).isEqualTo(entry("four"));
        assertThat(store.stats().failures()).isEqualTo(3);
    }

    @Test
    void aFarThatBreaksItsContractIsAMissToo() {
        far.failWith(new IllegalStateException("not mine to throw"));
        assertThat(get(store, 1)).isNull();
        put(store, 1, "one");
        assertThat(get(store, 1)).isEqualTo(entry("one"));
        assertThatExceptionOfType(CacheStoreException.class)
                .isThrownBy(() -> store.remove(key(1), Deadline.never()))
                .withMessageContaining("not mine to throw")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    @Test
    void garbageFromFarIsNotTakenForWhatWasNotAskedFor() {
        far.returnGarbage();
        assertThat(store.getAll(Set.of(key(1)), Deadline.never())).containsOnlyKeys(key(1));
        assertThat(store.removeTagged("tag", Deadline.never())).isNotNegative();
    }

    @Test
    void theNextFlushTellsOfAPutThatFarMissed() {
        far.failWith(gone, Method.PUT);
        put(store, 1, "one");
        far.heal();
        assertThatExceptionOfType(CacheStoreException.class)
                .isThrownBy(() -> store.flush(Deadline.never()))
                .withCause(gone);
        store.flush(Deadline.never());
    }

    /** Removals, which far would undo if it failed at them unnoticed. */
    enum Removal {
        REMOVE,
        REMOVE_TAGGED,
        CLEAR;

        void make(CacheStore store) {
            switch (this) {
                case REMOVE -> store.remove(key(1), Deadline.never());
                case REMOVE_TAGGED -> store.removeTagged("tag", Deadline.never());
                case CLEAR -> store.clear(Deadline.never());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRemovalThatFarFailsAtIsDoneInNearAndThrows(Removal removal) {
        put(store, 1, "one");
        far.failWith(gone);
        assertThatThrownBy(() -> removal.make(store)).isSameAs(gone);
        assertThat(get(nearMemory, 1)).isNull();
        assertThat(store.stats().failures()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aRemovalIsAskedOfAFarThatRests(Removal removal) {
        put(store, 1, "one");
        letFarRest();
        far.heal();
        removal.make(store);
        assertThat(get(farMemory, 1)).isNull();
    }

    private void letFarRest() {
        far.failWith(gone);
        for (int i = 0; i < 5; i++) {
            get(store, 100 + i);
        }
    }

    @Test
    void afterFiveFailuresInARowFarIsLeftAlone() {
        put(farMemory, 1, "one");
        letFarRest();
        far.heal();
        int calls = far.calls().size();
        assertThat(get(store, 1)).isNull();
        put(store, 2, "two");
        assertThat(get(store, 2)).isEqualTo(entry("two"));
        assertThat(far.calls()).hasSize(calls);
        assertThat(get(farMemory, 2)).isNull();
    }

    @Test
    void anAnswerInBetweenStartsTheCountAnew() {
        for (int i = 0; i < 20; i++) {
            far.failWith(gone);
            for (int failure = 0; failure < 4; failure++) {
                get(store, 1);
            }
            far.heal();
            get(store, 1);
        }
        assertThat(far.calls(Method.GET)).isEqualTo(100);
    }

    @Test
    void oneCallTriesARestedFarAgain() {
        letFarRest();
        clock.advance(Duration.ofSeconds(10).minusNanos(1));
        get(store, 1);
        assertThat(far.calls(Method.GET)).isEqualTo(5);
        clock.advance(Duration.ofNanos(1));
        get(store, 1);
        get(store, 1);
        assertThat(far.calls(Method.GET)).as("the probe fails: another rest").isEqualTo(6);
        clock.advance(Duration.ofSeconds(10));
        far.heal();
        put(farMemory, 1, "one");
        assertThat(get(store, 1)).isEqualTo(entry("one"));
        get(store, 2);
        assertThat(far.calls(Method.GET)).isEqualTo(8);
    }

    @Test
    void aClockSetBackDoesNotProlongTheRest() {
        letFarRest();
        clock.advance(Duration.ofDays(-1));
        get(store, 1);
        assertThat(far.calls(Method.GET)).isEqualTo(6);
    }

    @Test
    void aFarWithoutRoomIsStillRead() {
        put(farMemory, 1, "one");
        far.failWith(new CacheStoreException(Kind.FULL, "the disk is full"), Method.PUT);
        for (int i = 10; i < 30; i++) {
            put(store, i, "more");
        }
        assertThat(get(store, 1)).isEqualTo(entry("one"));
    }

    @Test
    void aFailingNearIsAMissToo() {
        near.failWith(gone);
        put(farMemory, 1, "one");
        assertThat(get(store, 1)).isEqualTo(entry("one"));
        assertThat(store.getAll(Set.of(key(1)), Deadline.never())).hasSize(1);
        List<CacheKey> seen = new ArrayList<>();
        store.scan((key, entry) -> seen.add(key), Deadline.never());
        assertThat(seen).containsExactly(key(1));
    }

    @Test
    void aPutThatNearFailsAtLeavesNothingOldInNear() {
        put(store, 1, "old");
        near.failWith(gone, Method.PUT);
        put(store, 1, "new");
        assertThat(get(store, 1)).isEqualTo(entry("new"));
        near.failWith(gone);
        assertThatThrownBy(() -> put(store, 1, "newest")).isSameAs(gone);
        assertThatThrownBy(() -> store.remove(key(1), Deadline.never())).isSameAs(gone);
    }

    @Test
    void aPutThatNobodyTakesFails() {
        far.failWith(gone);
        near.failWith(gone, Method.PUT);
        assertThatThrownBy(() -> put(store, 1, "one")).isSameAs(gone);
        assertThat(store.stats().puts()).isZero();
    }

    @Test
    void aCallWhoseDeadlineFarUsedUpTimesOut() {
        // A deadline that passes while far works, without waiting for it: far itself lets it pass.
        Deadline deadline = Deadline.after(Duration.ofMillis(200));
        CacheStore slow = new UsesUpDeadlines(farMemory);
        TieredCacheStore tiered = TieredCacheStore.newBuilder(nearMemory, slow).build();
        assertTimesOut(() -> tiered.put(key(1), entry("one"), deadline));
        assertThat(get(tiered, 1)).as("near has it all the same").isEqualTo(entry("one"));
        assertTimesOut(() -> tiered.get(key(2), Deadline.after(Duration.ofMillis(10))));
        assertThat(tiered.stats().failures()).isEqualTo(2);
    }

    @Test
    void callersWhoHardlyWaitDoNotTakeFarFromOthers() {
        UsesUpDeadlines slow = new UsesUpDeadlines(farMemory);
        TieredCacheStore tiered = TieredCacheStore.newBuilder(nearMemory, slow).build();
        for (int i = 0; i < 20; i++) {
            int number = i;
            assertTimesOut(() -> tiered.get(key(number), Deadline.after(Duration.ofMillis(1))));
        }
        assertThat(slow.asked).isEqualTo(20);
    }

    @Test
    void aFarThatHasNoAnswerForPatientCallersRests() {
        UsesUpDeadlines slow = new UsesUpDeadlines(farMemory);
        TieredCacheStore tiered = TieredCacheStore.newBuilder(nearMemory, slow).build();
        for (int i = 0; i < 5; i++) {
            int number = i;
            assertTimesOut(() -> tiered.get(key(number), Deadline.after(Duration.ofMillis(60))));
        }
        assertThat(get(tiered, 6)).isNull();
        assertThat(slow.asked).isEqualTo(5);
    }

    private static void assertTimesOut(Runnable call) {
        assertThatExceptionOfType(CacheStoreException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
    }

    @Test
    void warmUpTakesWhatFarShowsFirst() {
        for (int i = 0; i < 20; i++) {
            put(farMemory, i, "entry " + i);
        }
        List<CacheKey> first = new ArrayList<>();
        farMemory.scan((key, entry) -> first.add(key), Deadline.never());
        MemoryCacheStore warmed = MemoryCacheStore.newBuilder().clock(clock).build();
        TieredCacheStore tiered = TieredCacheStore.newBuilder(warmed, farMemory)
                .warmUpEntries(7)
                .clock(clock)
                .build();
        List<CacheKey> seen = new ArrayList<>();
        warmed.scan((key, entry) -> seen.add(key), Deadline.never());
        assertThat(seen).containsExactlyInAnyOrderElementsOf(first.subList(0, 7));
        assertThat(tiered.stats().failures()).isZero();
        warmed.close();
    }

    @Test
    void aWarmUpThatFailsIsCounted() {
        far.failWith(gone, Method.SCAN);
        MemoryCacheStore cold = MemoryCacheStore.newBuilder().clock(clock).build();
        TieredCacheStore tiered =
                TieredCacheStore.newBuilder(cold, far).warmUpEntries(7).build();
        assertThat(tiered.stats().failures()).isEqualTo(1);
        cold.close();
    }

    @Test
    void whatAVisitorThrowsComesOutAsItIs() {
        put(store, 1, "one");
        CacheStoreException own = new CacheStoreException(Kind.FULL, "the visitor's own");
        assertThatThrownBy(() -> store.scan(
                        (key, entry) -> {
                            throw own;
                        },
                        Deadline.never()))
                .isSameAs(own);
        nearMemory.clear(Deadline.never());
        assertThatThrownBy(() -> store.scan(
                        (key, entry) -> {
                            throw own;
                        },
                        Deadline.never()))
                .isSameAs(own);
        assertThat(store.stats().failures()).isZero();
    }

    @Test
    void bothTiersAreClosedWhateverHappens() {
        near.failWith(gone, Method.CLOSE);
        assertThatThrownBy(store::close).isSameAs(gone);
        assertThatThrownBy(() -> get(nearMemory, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> get(farMemory, 1)).isInstanceOf(IllegalStateException.class);
        store.close();
    }

    @Test
    void capabilitiesAreThoseOfBothWhereBothAreNeeded() {
        assertThat(store.capabilities())
                .containsExactlyInAnyOrder(StoreCapability.IMMEDIATE, StoreCapability.ASYNC_PUTS);
        TieredCacheStore overBlocking = TieredCacheStore.newBuilder(nearMemory, new BlockingStore(farMemory))
                .build();
        assertThat(overBlocking.capabilities()).isEmpty();
    }

    @Test
    void bothTiersBeingOneStoreIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> TieredCacheStore.newBuilder(near, near));
    }

    /** Has no answer before the deadline. */
    private static final class UsesUpDeadlines extends HeldStore {
        private int asked;

        UsesUpDeadlines(CacheStore store) {
            super(store);
        }

        @Override
        public CacheEntry get(CacheKey key, Deadline deadline) {
            return late(deadline);
        }

        @Override
        public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
            late(deadline);
        }

        private CacheEntry late(Deadline deadline) {
            asked++;
            while (!deadline.isExpired()) {
                Thread.onSpinWait();
            }
            throw new CacheStoreException(Kind.TIMEOUT, "too late");
        }
    }
}
