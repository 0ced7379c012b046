package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.StoreStats;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A closed store refuses every call, and closing hurts nobody. */
abstract class ClosingRules extends Rules {
    ClosingRules(ContractRun run) {
        super(run);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"GET_ALL_OF_NONE", "PUT_ALL_OF_NONE", "FLUSH"})
    void aCallAfterCloseThrowsIllegalState(Call call) {
        CacheStore store = open();
        store.put(key(1), entry("one", "tag"), soon());
        store.close();
        assertThatIllegalStateException().isThrownBy(() -> call.make(store, key(1), entry("two"), soon()));
        assertThatIllegalStateException().isThrownBy(() -> call.make(store, key(1), entry("two"), expired()));
    }

    /** The defaults of the interface do not know whether a store is closed, so these may return as well. */
    @ParameterizedTest
    @EnumSource(names = {"GET_ALL_OF_NONE", "PUT_ALL_OF_NONE", "FLUSH"})
    void aCallWithNothingToDoThrowsNothingElseAfterClose(Call call) {
        CacheStore store = open();
        store.close();
        try {
            call.make(store, key(1), entry("one"), soon());
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @Test
    void closingTwiceIsFine() {
        CacheStore store = open();
        store.put(key(1), entry("one"), soon());
        store.close();
        store.close();
        store.close();
        assertThatIllegalStateException().isThrownBy(() -> store.get(key(1), soon()));
    }

    @Test
    void closingFromSeveralThreadsIsFine() {
        CacheStore store = open();
        store.putAll(entries(100), soon());
        Together.run(4, thread -> store.close());
        assertThatIllegalStateException().isThrownBy(() -> store.get(key(1), soon()));
    }

    @Test
    void statsAndCapabilitiesCanBeReadAfterClose() {
        CacheStore store = open();
        store.put(key(1), entry("one"), soon());
        store.get(key(1), soon());
        store.get(key(2), soon());
        store.close();
        StoreStats stats = store.stats();
        assertThat(stats.puts()).isEqualTo(1);
        assertThat(stats.hits()).isEqualTo(1);
        assertThat(stats.misses()).isEqualTo(1);
        assertThat(store.capabilities()).isEqualTo(run.fixture().capabilities());
    }

    @Test
    void nullArgumentsAreRefusedAfterCloseToo() {
        CacheStore store = open();
        store.close();
        assertThatNullPointerException().isThrownBy(() -> store.get(nothing(), soon()));
        assertThatNullPointerException().isThrownBy(() -> store.put(key(1), nothing(), soon()));
        assertThatNullPointerException().isThrownBy(() -> store.putAsync(key(1), nothing(), soon()));
        assertThatNullPointerException().isThrownBy(() -> store.remove(nothing(), soon()));
        assertThatNullPointerException().isThrownBy(() -> store.removeTagged(nothing(), soon()));
        assertThatNullPointerException().isThrownBy(() -> store.scan(nothing(), soon()));
        assertThatNullPointerException().isThrownBy(() -> store.clear(nothing()));
    }

    @Test
    void callsUnderWayFinishOrThrowIllegalStateWhenTheStoreIsClosed() throws InterruptedException {
        CacheStore store = open();
        store.putAll(entries(50, "tag"), soon());
        List<Call> calls = List.of(Call.values());
        CountDownLatch busy = new CountDownLatch(calls.size());
        Together callers = Together.start(calls.size(), thread -> {
            Call call = calls.get(thread);
            try {
                // A call of the defaults with nothing to do never learns that the store is closed.
                for (int i = 0; i < 10_000; i++) {
                    makeOrBeRefused(call, store, i);
                    if (i == 0) {
                        busy.countDown();
                    }
                }
            } catch (IllegalStateException e) {
                assertThat(store.capabilities()).isNotNull();
            }
        });
        Together.await(busy);
        store.close();
        callers.join();
        assertThatIllegalStateException().isThrownBy(() -> store.get(key(1), soon()));
    }

    /** The puts beside it may have taken the last place in a queue, where an asynchronous one does not wait. */
    private void makeOrBeRefused(Call call, CacheStore store, int number) {
        try {
            call.make(store, key(number % 50), entry("entry " + number, "tag"), soon());
        } catch (CacheStoreException e) {
            if (call != Call.PUT_ASYNC || e.kind() != Kind.BUSY) {
                throw e;
            }
        }
    }

    @Test
    void putsThatReturnedBeforeACloseSurviveIt() throws InterruptedException {
        assume(StoreCapability.PERSISTENT);
        CacheStore store = open();
        Map<CacheKey, CacheEntry> returned = new ConcurrentHashMap<>();
        CountDownLatch busy = new CountDownLatch(4);
        Together writers = Together.start(4, thread -> {
            try {
                for (int i = 0; i < 10_000; i++) {
                    CacheKey key = key("thread " + thread + " entry " + i);
                    CacheEntry entry = entry("thread " + thread + " entry " + i, "tag");
                    store.put(key, entry, soon());
                    returned.put(key, entry);
                    if (i == 0) {
                        busy.countDown();
                    }
                }
            } catch (IllegalStateException e) {
                assertThat(returned).isNotEmpty();
            }
        });
        Together.await(busy);
        store.close();
        writers.join();
        assertThat(scan(run.reopen())).containsAllEntriesOf(returned);
    }
}
