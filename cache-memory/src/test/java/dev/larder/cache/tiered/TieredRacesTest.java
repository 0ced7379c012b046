package dev.larder.cache.tiered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import dev.larder.cache.memory.MemoryCacheStore;
import dev.larder.cache.tck.FaultyStore;
import dev.larder.cache.tck.FaultyStore.Method;
import dev.larder.cache.tck.ManualClock;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls on the same key whose work in far is done while others come and go. */
final class TieredRacesTest {
    private static final CacheKey KEY = CacheKey.sha256("key".getBytes(StandardCharsets.UTF_8));
    private static final CacheKey OTHER = CacheKey.sha256("other".getBytes(StandardCharsets.UTF_8));
    private static final CacheEntry OLD = entry("old");
    private static final CacheEntry NEW = entry("new");
    private final CacheStoreException gone = new CacheStoreException(Kind.UNAVAILABLE, "unplugged");

    private final ManualClock clock = new ManualClock();
    private final CacheStore near = MemoryCacheStore.newBuilder().clock(clock).build();
    private final HeldStore far =
            new HeldStore(MemoryCacheStore.newBuilder().clock(clock).build());
    private final FaultyStore breakable = new FaultyStore(far);
    private final TieredCacheStore store =
            TieredCacheStore.newBuilder(near, breakable).clock(clock).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private static CacheEntry entry(String text) {
        return CacheEntry.newBuilder()
                .data(text.getBytes(StandardCharsets.UTF_8))
                .tag("tag")
                .build();
    }

    @BeforeEach
    void putOldIntoFar() {
        far.put(KEY, OLD, Deadline.never());
    }

    @AfterEach
    void close() {
        assertThat(store.isAtRest()).isTrue();
        threads.shutdownNow();
        store.close();
    }

    /** What takes an entry away or replaces it. */
    enum Change {
        REMOVE,
        REMOVE_TAGGED,
        CLEAR,
        PUT,
        PUT_ALL;

        void make(CacheStore store) {
            switch (this) {
                case REMOVE -> store.remove(KEY, Deadline.never());
                case REMOVE_TAGGED -> store.removeTagged("tag", Deadline.never());
                case CLEAR -> store.clear(Deadline.never());
                case PUT -> store.put(KEY, NEW, Deadline.never());
                case PUT_ALL -> store.putAll(Map.of(KEY, NEW, OTHER, OLD), Deadline.never());
            }
        }

        /** Returns what is to be seen from then on. */
        CacheEntry seen() {
            return this == PUT || this == PUT_ALL ? NEW : null;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPromotionDoesNotBringBackWhatWasChangedMeanwhile(Change change) {
        HeldStore.Hold hold = far.holdNext();
        CompletableFuture<CacheEntry> reading = start(() -> store.get(KEY, Deadline.never()));
        hold.awaitReached();
        change.make(store);
        hold.release();
        assertThat(result(reading)).isEqualTo(OLD);
        assertThat(near.get(KEY, Deadline.never())).isEqualTo(change.seen());
        assertThat(store.get(KEY, Deadline.never())).isEqualTo(change.seen());
    }

    @ParameterizedTest
    @EnumSource
    void aPromotionOfManyDoesNotEither(Change change) {
        HeldStore.Hold hold = far.holdNext();
        CompletableFuture<Map<CacheKey, CacheEntry>> reading =
                start(() -> store.getAll(Set.of(KEY, OTHER), Deadline.never()));
        hold.awaitReached();
        change.make(store);
        hold.release();
        assertThat(result(reading)).containsEntry(KEY, OLD);
        assertThat(near.get(KEY, Deadline.never())).isEqualTo(change.seen());
    }

    @ParameterizedTest
    @EnumSource
    void aPromotionThatEndsWhileFarIsDoneAndNearIsNotIsUndone(Change change) {
        HeldStore.Hold reading = far.holdNext();
        CompletableFuture<CacheEntry> read = start(() -> store.get(KEY, Deadline.never()));
        reading.awaitReached();
        HeldStore.Hold changing = far.holdNext();
        CompletableFuture<Boolean> changed = start(() -> {
            change.make(store);
            return true;
        });
        if (change != Change.PUT_ALL) {
            changing.awaitReached();
        }
        reading.release();
        assertThat(result(read)).isEqualTo(OLD);
        changing.release();
        result(changed);
        assertThat(near.get(KEY, Deadline.never())).isEqualTo(change.seen());
        assertThat(store.get(KEY, Deadline.never())).isEqualTo(change.seen());
    }

    @Test
    void aPromotionThatBeginsAfterAChangeSucceeds() {
        store.remove(KEY, Deadline.never());
        far.put(KEY, NEW, Deadline.never());
        assertThat(store.get(KEY, Deadline.never())).isEqualTo(NEW);
        assertThat(near.get(KEY, Deadline.never())).isEqualTo(NEW);
    }

    @Test
    void overlappingPutsLeaveTheAnswerToFar() {
        HeldStore.Hold hold = far.holdNext();
        CompletableFuture<Boolean> putting = start(() -> {
            store.put(KEY, OLD, Deadline.never());
            return true;
        });
        hold.awaitReached();
        store.put(KEY, NEW, Deadline.never());
        assertThat(store.get(KEY, Deadline.never())).isEqualTo(NEW);
        hold.release();
        result(putting);
        assertThat(far.get(KEY, Deadline.never())).isEqualTo(NEW);
        assertThat(store.get(KEY, Deadline.never())).isEqualTo(NEW);
        assertThat(near.get(KEY, Deadline.never())).isEqualTo(NEW);
    }

    @Test
    void aPutThatOverlapsWithARemovalLeavesTheAnswerToFar() {
        HeldStore.Hold hold = far.holdNext();
        CompletableFuture<Boolean> putting = start(() -> {
            store.put(KEY, NEW, Deadline.never());
            return true;
        });
        hold.awaitReached();
        assertThat(store.remove(KEY, Deadline.never())).isTrue();
        hold.release();
        result(putting);
        assertThat(store.get(KEY, Deadline.never())).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"PUT", "PUT_ALL"})
    void overlappingPutsThatFarMissesAreKeptInNear(Change second) throws InterruptedException {
        store.remove(KEY, Deadline.never());
        breakable.stall(Method.PUT, Method.PUT_ALL);
        CompletableFuture<Boolean> first = startPut(OLD);
        CompletableFuture<Boolean> other = start(() -> {
            second.make(store);
            return true;
        });
        // Both have begun and neither has ended, so each contests the other.
        breakable.awaitStalled(2);
        breakable.failWith(gone, Method.PUT, Method.PUT_ALL);
        result(first);
        result(other);
        assertThat(near.get(KEY, Deadline.never())).isIn(OLD, NEW);
        assertThat(store.get(KEY, Deadline.never())).isIn(OLD, NEW);
        assertFlushTellsOfALostPut();
    }

    @ParameterizedTest
    @EnumSource(names = "PUT", mode = EnumSource.Mode.EXCLUDE)
    void aPutThatFarMissesIsKeptInNearWhateverEndedMeanwhile(Change change) throws InterruptedException {
        CacheEntry last = entry("last");
        breakable.stall(Method.PUT);
        CompletableFuture<Boolean> putting = startPut(last);
        breakable.awaitStalled(1);
        change.make(store);
        assertThat(store.get(KEY, Deadline.never())).isEqualTo(change.seen());
        breakable.failWith(gone, Method.PUT);
        result(putting);
        assertThat(store.get(KEY, Deadline.never())).isEqualTo(last);
        assertFlushTellsOfALostPut();
    }

    private CompletableFuture<Boolean> startPut(CacheEntry entry) {
        return start(() -> {
            store.put(KEY, entry, Deadline.never());
            return true;
        });
    }

    private void assertFlushTellsOfALostPut() {
        assertThatExceptionOfType(CacheStoreException.class)
                .isThrownBy(() -> store.flush(Deadline.never()))
                .withCause(gone);
    }

    @Test
    void otherKeysAreNotHeldUp() {
        HeldStore.Hold hold = far.holdNext();
        CompletableFuture<CacheEntry> reading = start(() -> store.get(KEY, Deadline.never()));
        hold.awaitReached();
        store.put(OTHER, NEW, Deadline.never());
        assertThat(near.get(OTHER, Deadline.never())).isEqualTo(NEW);
        hold.release();
        assertThat(result(reading)).isEqualTo(OLD);
        assertThat(near.get(KEY, Deadline.never())).isEqualTo(OLD);
    }

    private <T> CompletableFuture<T> start(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, threads);
    }

    private static <T> T result(CompletableFuture<T> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join();
    }
}
