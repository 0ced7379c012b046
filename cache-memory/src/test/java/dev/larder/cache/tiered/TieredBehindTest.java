package dev.larder.cache.tiered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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
import dev.larder.cache.tiered.TieredCacheStore.FarWrites;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Puts that reach a far store without asynchronous puts later, through the queue of the tiers. */
final class TieredBehindTest {
    private final CacheStoreException gone = new CacheStoreException(Kind.UNAVAILABLE, "unplugged");

    private final ManualClock clock = new ManualClock();
    // Near forgets at once, so that what is seen is far's, or on its way there.
    private final CacheStore near =
            MemoryCacheStore.newBuilder().maxBytes(1).clock(clock).build();
    private final CacheStore farMemory =
            MemoryCacheStore.newBuilder().clock(clock).build();
    private final FaultyStore far = new FaultyStore(new BlockingStore(farMemory));
    private final TieredCacheStore store = TieredCacheStore.newBuilder(near, far)
            .farWrites(FarWrites.BEHIND)
            .clock(clock)
            .build();

    private static CacheKey key(int number) {
        return CacheKey.sha256(("key " + number).getBytes(StandardCharsets.UTF_8));
    }

    private static CacheEntry entry(String text) {
        return CacheEntry.newBuilder()
                .data(text.getBytes(StandardCharsets.UTF_8))
                .storedAt(Instant.EPOCH)
                .tag("tag")
                .build();
    }

    private static CacheEntry get(CacheStore store, int number) {
        return store.get(key(number), Deadline.never());
    }

    @AfterEach
    void close() {
        far.heal();
        store.close();
    }

    @Test
    void aPutReturnsBeforeFarHasItAndIsSeenAtOnce() throws InterruptedException {
        farMemory.put(key(1), entry("old"), Deadline.never());
        far.stall(Method.PUT);
        store.put(key(1), entry("new"), Deadline.never());
        store.put(key(2), entry("two"), Deadline.never());
        far.awaitStalled(1);
        assertThat(get(farMemory, 1)).isEqualTo(entry("old"));
        assertThat(get(store, 1)).isEqualTo(entry("new"));
        assertThat(get(store, 2)).isEqualTo(entry("two"));
        far.heal();
        store.flush(Deadline.never());
        assertThat(get(farMemory, 1)).isEqualTo(entry("new"));
        assertThat(get(farMemory, 2)).isEqualTo(entry("two"));
        assertThat(store.stats().failures()).isZero();
    }

    @Test
    void whatHadEndedWhenItWasPutStaysEndedOnItsWayThoughTheClockStepsBack() throws InterruptedException {
        farMemory.put(key(1), entry("before"), Deadline.never());
        CacheEntry ended = CacheEntry.newBuilder().deleteAt(clock.instant()).build();
        far.stall(Method.PUT);
        store.put(key(1), ended, Deadline.never());
        far.awaitStalled(1);
        clock.advance(Duration.ofDays(-1));
        assertThat(get(store, 1)).isNull();
        far.heal();
        store.flush(Deadline.never());
        assertThat(get(store, 1)).isNull();
        assertThat(get(farMemory, 1)).isNull();
    }

    @Test
    void aRemovalWaitsForThePutBeforeIt() throws InterruptedException {
        far.stall(Method.PUT);
        store.put(key(1), entry("one"), Deadline.never());
        far.awaitStalled(1);
        assertThatExceptionOfType(CacheStoreException.class)
                .isThrownBy(() -> store.remove(key(1), Deadline.after(Duration.ofMillis(1))))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
        CompletableFuture<Boolean> removing =
                CompletableFuture.supplyAsync(() -> store.remove(key(1), Deadline.never()));
        far.heal();
        assertThat(removing.orTimeout(60, TimeUnit.SECONDS).join()).isTrue();
        assertThat(get(store, 1)).isNull();
        assertThat(get(farMemory, 1)).isNull();
    }

    @Test
    void aFullQueueCostsFarThePutAndTheCallerNoMoreThanItsDeadline() throws InterruptedException {
        far.stall(Method.PUT);
        for (int i = 0; i < PutQueue.PLACES; i++) {
            store.put(key(i), entry("entry"), Deadline.never());
        }
        far.awaitStalled(1);
        assertThatExceptionOfType(CacheStoreException.class)
                .isThrownBy(() -> store.put(key(999), entry("entry"), Deadline.after(Duration.ofMillis(1))));
        CompletableFuture<Void> async =
                store.putAsync(key(998), entry("entry"), Deadline.never()).toCompletableFuture();
        assertThat(async).isCompletedExceptionally();
        assertThat(store.stats().failures()).isEqualTo(2);
        far.heal();
        assertThatThrownBy(() -> store.flush(Deadline.never())).isInstanceOf(CacheStoreException.class);
        assertThat(farMemory.stats().entries()).isEqualTo(PutQueue.PLACES);
    }

    @Test
    void anAsynchronousPutThatIsRefusedIsToldOnce() throws InterruptedException {
        far.stall(Method.PUT);
        for (int i = 0; i < PutQueue.PLACES; i++) {
            store.put(key(i), entry("queued"), Deadline.never());
        }
        far.awaitStalled(1);
        assertThat(store.putAsync(key(-1), entry("refused"), Deadline.never()).toCompletableFuture())
                .isCompletedExceptionally();
        far.heal();
        store.flush(Deadline.never());
        assertThat(store.stats().failures()).isEqualTo(1);
    }

    @Test
    void aPutThatFailsLaterIsCountedAndToldByFlush() {
        far.failWith(gone, Method.PUT);
        store.put(key(1), entry("one"), Deadline.never());
        assertThatExceptionOfType(CacheStoreException.class)
                .isThrownBy(() -> store.flush(Deadline.never()))
                .withCause(gone);
        assertThat(store.stats().puts()).isEqualTo(1);
        store.flush(Deadline.never());
    }

    @Test
    void aFarThatRestsIsNotPutToFromTheQueue() {
        far.failWith(gone, Method.PUT);
        for (int i = 0; i < 10; i++) {
            store.put(key(i), entry("entry"), Deadline.never());
        }
        assertThatThrownBy(() -> store.flush(Deadline.never())).isInstanceOf(CacheStoreException.class);
        assertThat(far.calls(Method.PUT)).isEqualTo(5);
        // The flush got an answer, so the rest is over.
        far.heal();
        store.put(key(1), entry("one"), Deadline.never());
        store.flush(Deadline.never());
        assertThat(get(farMemory, 1)).isEqualTo(entry("one"));
    }

    @Test
    void closingFinishesWhatIsOnItsWay() throws InterruptedException {
        far.stall(Method.PUT);
        CompletableFuture<Void> last = null;
        for (int i = 0; i < 10; i++) {
            last = store.putAsync(key(i), entry("entry"), Deadline.never()).toCompletableFuture();
        }
        far.awaitStalled(1);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(store::close);
        far.heal();
        closing.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(last).isCompleted();
    }

    @Test
    void aFailureWhileClosingComesOut() throws InterruptedException {
        far.stall(Method.PUT);
        store.put(key(1), entry("one"), Deadline.never());
        far.awaitStalled(1);
        far.failWith(gone, Method.PUT);
        assertThatExceptionOfType(CacheStoreException.class)
                .isThrownBy(store::close)
                .withCause(gone);
        assertThat(store.stats().failures()).isNotZero();
        assertThatThrownBy(() -> get(farMemory, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void asynchronousPutsNeverWait() {
        assertThat(store.capabilities()).containsExactly(StoreCapability.ASYNC_PUTS);
    }
}
