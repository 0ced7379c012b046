package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreStats;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call past its deadline ends in TIMEOUT, also where it need not have waited, and has no effect. */
abstract class DeadlineRules extends Rules {
    DeadlineRules(ContractRun run) {
        super(run);
    }

    @ParameterizedTest
    @EnumSource
    void aCallPastItsDeadlineTimesOut(Call call) {
        CacheStore store = open();
        store.put(key(1), entry("one", "tag"), soon());
        assertTimesOut(() -> call.make(store, key(1), entry("two"), expired()));
        assertTimesOut(() -> call.make(store, key(2), entry("two"), expired()));
    }

    @ParameterizedTest
    @EnumSource
    void aCallPastItsDeadlineHasNoEffect(Call call) {
        CacheStore store = open();
        Map<CacheKey, CacheEntry> before = Map.of(key(1), entry("one", "tag"));
        store.put(key(1), entry("one", "tag"), soon());
        assertTimesOut(() -> call.make(store, key(1), entry("two"), expired()));
        assertTimesOut(() -> call.make(store, key(2), entry("two"), expired()));
        assertThat(scan(store)).isEqualTo(before);
        store.flush(soon());
        assertThat(scan(store)).as("after a flush: done later").isEqualTo(before);
        StoreStats stats = store.stats();
        assertThat(stats.puts()).isEqualTo(1);
        assertThat(stats.hits() + stats.misses() + stats.removals()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aCallWithoutDeadlineNeverTimesOut(Call call) {
        CacheStore store = open();
        call.make(store, key(1), entry("one"), Deadline.never());
        call.make(store, key(1), entry("one"), Deadline.after(Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @Test
    void anAsynchronousPutPastItsDeadlineFailsItsStage() {
        CacheStore store = open();
        CompletionStage<@Nullable Void> stage = store.putAsync(key(1), entry("one"), expired());
        assertTimesOut(() -> await(stage));
    }

    @Test
    void aScanEndsWhenItsDeadlinePasses() {
        CacheStore store = open();
        store.putAll(entries(10), soon());
        Deadline deadline = Deadline.after(Duration.ofMillis(200));
        AtomicInteger visits = new AtomicInteger();
        assertTimesOut(() -> store.scan(
                (key, entry) -> {
                    visits.incrementAndGet();
                    while (!deadline.isExpired()) {
                        Thread.onSpinWait();
                    }
                },
                deadline));
        assertThat(visits).hasValueLessThanOrEqualTo(1);
    }

    @Test
    void aCallPastItsDeadlineIsCountedAsFailed() {
        CacheStore store = open();
        assertTimesOut(() -> store.get(key(1), expired()));
        assertThat(store.stats().failures()).isEqualTo(1);
        assertTimesOut(() -> store.put(key(1), entry("one"), expired()));
        assertThat(store.stats().failures()).isEqualTo(2);
    }

    @Test
    void nullArgumentsAreRefusedPastTheDeadlineToo() {
        CacheStore store = open();
        assertThatNullPointerException().isThrownBy(() -> store.get(nothing(), expired()));
        assertThatNullPointerException().isThrownBy(() -> store.getAll(nothing(), expired()));
        assertThatNullPointerException().isThrownBy(() -> store.scan(nothing(), expired()));
        assertThatNullPointerException().isThrownBy(() -> store.put(nothing(), entry("one"), expired()));
        assertThatNullPointerException().isThrownBy(() -> store.put(key(1), nothing(), expired()));
        assertThatNullPointerException().isThrownBy(() -> store.putAll(nothing(), expired()));
        assertThatNullPointerException().isThrownBy(() -> store.putAsync(key(1), nothing(), expired()));
        assertThatNullPointerException().isThrownBy(() -> store.remove(nothing(), expired()));
        assertThatNullPointerException().isThrownBy(() -> store.removeTagged(nothing(), expired()));
    }

    @Test
    void theStoreWorksOnAfterTimeouts() {
        CacheStore store = open();
        for (Call call : Call.values()) {
            assertTimesOut(() -> call.make(store, key(1), entry("one", "tag"), expired()));
        }
        store.put(key(1), entry("one", "tag"), soon());
        assertThat(store.getAll(Set.of(key(1)), soon())).hasSize(1);
        assertThat(store.removeTagged("tag", soon())).isEqualTo(1);
    }
}
