package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.tck.FaultyStore.Method;
import dev.larder.example.MapCacheStore;
import dev.larder.example.MapStorage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class FaultyStoreTest {
    private static final CacheKey KEY = Rules.key(1);
    private static final CacheEntry ENTRY = Rules.entry("one", "tag");

    private final CacheStore store = new MapCacheStore(new MapStorage(), new ManualClock(), Long.MAX_VALUE);
    private final FaultyStore faulty = new FaultyStore(store);

    @ParameterizedTest
    @EnumSource
    void withoutFaultsCallsGoToTheWrappedStore(Call call) {
        call.make(faulty, KEY, ENTRY, Deadline.never());
        assertThat(faulty.stats()).isEqualTo(store.stats());
        assertThat(faulty.capabilities()).isEqualTo(store.capabilities());
    }

    @ParameterizedTest
    @EnumSource
    void everyMethodFailsAsTold(Call call) {
        RuntimeException failure = new UnsupportedOperationException("told to");
        faulty.failWith(failure);
        assertThatThrownBy(() -> call.make(faulty, KEY, ENTRY, Deadline.never()))
                .isSameAs(failure);
        assertThatThrownBy(faulty::stats).isSameAs(failure);
        assertThatThrownBy(faulty::capabilities).isSameAs(failure);
        assertThat(Rules.scan(store)).isEmpty();
        faulty.heal();
        call.make(faulty, KEY, ENTRY, Deadline.never());
    }

    @Test
    void onlyTheMethodsNamedFail() {
        faulty.failWith(new CacheStoreException(Kind.FULL, "told to"), Method.PUT);
        assertThatThrownBy(() -> faulty.put(KEY, ENTRY, Deadline.never())).hasMessage("told to");
        assertThat(faulty.get(KEY, Deadline.never())).isNull();
    }

    @Test
    void aFailureOfStorageFailsTheStageOfPutAsync() {
        CacheStoreException failure = new CacheStoreException(Kind.FULL, "told to");
        faulty.failWith(failure);
        CompletableFuture<Void> stage =
                faulty.putAsync(KEY, ENTRY, Deadline.never()).toCompletableFuture();
        assertThatThrownBy(stage::join).hasCause(failure);
    }

    @Test
    void aStalledCallIgnoresItsDeadlineAndInterruptsUntilItIsHealed() throws Exception {
        store.put(KEY, ENTRY, Deadline.never());
        faulty.stall(Method.GET);
        FutureTask<CacheEntry> call = new FutureTask<>(() -> faulty.get(KEY, Deadline.after(Duration.ofMillis(1))));
        Thread caller = new Thread(call);
        caller.start();
        faulty.awaitStalled(1);
        caller.interrupt();
        assertThat(call.isDone()).isFalse();
        faulty.returnGarbage(Method.GET);
        assertThat(call.get(60, TimeUnit.SECONDS)).isNotNull().isNotEqualTo(ENTRY);
    }

    @Test
    void closingReleasesStalledCallsAndClosesTheWrappedStore() throws Exception {
        faulty.stall();
        FutureTask<CacheEntry> call = new FutureTask<>(() -> faulty.get(KEY, Deadline.never()));
        new Thread(call).start();
        faulty.awaitStalled(1);
        faulty.close();
        assertThatThrownBy(() -> call.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatIllegalStateException().isThrownBy(() -> store.get(KEY, Deadline.never()));
    }

    @Test
    void aCloseThatFailsHasClosedTheWrappedStore() {
        RuntimeException failure = new CacheStoreException(Kind.FULL, "told to");
        faulty.failWith(failure);
        assertThatThrownBy(faulty::close).isSameAs(failure);
        assertThatIllegalStateException().isThrownBy(() -> store.get(KEY, Deadline.never()));
    }

    @Test
    void garbageIsNothingThatWasPut() {
        store.put(KEY, ENTRY, Deadline.never());
        faulty.returnGarbage();
        assertThat(faulty.get(KEY, Deadline.never())).isNotNull().isNotEqualTo(ENTRY);
        assertThat(faulty.getAll(Set.of(KEY), Deadline.never())).hasSize(2).doesNotContainValue(ENTRY);
        Map<CacheKey, CacheEntry> seen = new HashMap<>();
        faulty.scan(seen::put, Deadline.never());
        assertThat(seen).hasSize(1).doesNotContainKey(KEY);
        assertThat(faulty.remove(Rules.key(2), Deadline.never())).isTrue();
        assertThat(faulty.removeTagged("tag", Deadline.never())).isNegative();
        assertThat(faulty.stats().hits()).isNegative();
        assertThat(faulty.capabilities()).containsExactlyInAnyOrder(StoreCapability.values());
        CompletableFuture<Void> stage =
                faulty.putAsync(Rules.key(2), ENTRY, Deadline.never()).toCompletableFuture();
        assertThatThrownBy(() -> stage.get(0, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        faulty.put(Rules.key(2), ENTRY, Deadline.never());
        faulty.clear(Deadline.never());
        assertThat(Rules.scan(store)).isEqualTo(Map.of(KEY, ENTRY));
    }

    @Test
    void callsAreRecorded() {
        faulty.get(KEY, Deadline.never());
        faulty.failWith(new IllegalArgumentException(), Method.CLEAR);
        assertThatThrownBy(() -> faulty.clear(Deadline.never())).isInstanceOf(IllegalArgumentException.class);
        faulty.get(KEY, Deadline.never());
        faulty.close();
        assertThat(faulty.calls()).containsExactly(Method.GET, Method.CLEAR, Method.GET, Method.CLOSE);
        assertThat(faulty.calls(Method.GET)).isEqualTo(2);
    }
}
