package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An entry is there before its {@code deleteAt}, and not from that instant on. */
abstract class ExpiryRules extends Rules {
    ExpiryRules(ContractRun run) {
        super(run);
    }

    @Test
    void anEntryIsServedUntilTheNanosecondBeforeDeleteAt() {
        CacheStore store = open();
        Instant deleteAt = now().plusSeconds(60);
        CacheEntry entry = entryUntil(deleteAt, "one");
        store.put(key(1), entry, soon());
        run.clock().set(deleteAt.minusNanos(1));
        assertThat(store.get(key(1), soon())).isEqualTo(entry);
        assertThat(store.getAll(Set.of(key(1)), soon())).containsKey(key(1));
        assertThat(scan(store)).containsKey(key(1));
    }

    @Test
    void anEntryIsAbsentFromDeleteAtOn() {
        CacheStore store = open();
        Instant deleteAt = now().plusSeconds(60);
        store.put(key(1), entryUntil(deleteAt, "one"), soon());
        run.clock().set(deleteAt);
        assertThat(store.get(key(1), soon())).isNull();
        assertThat(store.getAll(Set.of(key(1)), soon())).isEmpty();
        assertThat(scan(store)).isEmpty();
    }

    @Test
    void anEntryStaysAbsentLongAfterDeleteAt() {
        CacheStore store = open();
        store.put(key(1), entryUntil(now().plusSeconds(60), "one"), soon());
        run.clock().advance(Duration.ofDays(400));
        assertThat(store.get(key(1), soon())).isNull();
        store.flush(soon());
        assertThat(store.get(key(1), soon())).isNull();
    }

    @Test
    void aClockThatStepsBackFailsNoCallAndEndsTheEntryAgain() {
        CacheStore store = open();
        Instant deleteAt = now().plusSeconds(60);
        CacheEntry entry = entryUntil(deleteAt, "one", "tag");
        store.put(key(1), entry, soon());
        run.clock().set(deleteAt);
        assertThat(store.get(key(1), soon())).isNull();
        run.clock().advance(Duration.ofDays(-1));
        // Erased by now or not: either is right, and nothing else.
        assertThat(store.get(key(1), soon())).isIn(entry, null);
        store.put(key(2), entry, soon());
        assertThat(store.get(key(2), soon())).isEqualTo(entry);
        run.clock().set(deleteAt);
        assertThat(store.getAll(Set.of(key(1), key(2)), soon())).isEmpty();
        assertThat(store.removeTagged("no such", soon())).isZero();
    }

    @Test
    void whatWasPutAfterItsEndIsNotThereWhenTheClockStepsBack() {
        CacheStore store = open();
        store.put(key(1), entry("before", "tag"), soon());
        CacheEntry expired = entryUntil(now(), "expired", "tag");
        store.put(key(1), expired, soon());
        run.clock().advance(Duration.ofDays(-1));
        assertThat(store.get(key(1), soon())).isNull();
        assertThat(store.remove(key(1), soon())).isFalse();
        assertThat(store.removeTagged("tag", soon())).isZero();
    }

    @Test
    void aLifeOfOneNanosecondIsALife() {
        CacheStore store = open();
        CacheEntry entry = entryUntil(now().plusNanos(1), "one");
        store.put(key(1), entry, soon());
        assertThat(store.get(key(1), soon())).isEqualTo(entry);
        run.clock().advance(Duration.ofNanos(1));
        assertThat(store.get(key(1), soon())).isNull();
    }

    @Test
    void anEntryThatExpiredBeforeItWasPutLeavesNothing() {
        CacheStore store = open();
        store.put(key(1), entryUntil(now(), "now", "tag"), soon());
        store.put(key(2), entryUntil(Instant.MIN, "long ago", "tag"), soon());
        store.putAll(Map.of(key(3), entryUntil(now().minusNanos(1), "just", "tag")), soon());
        await(store.putAsync(key(4), entryUntil(now(), "now", "tag"), soon()));
        assertThat(store.getAll(Set.of(key(1), key(2), key(3), key(4)), soon())).isEmpty();
        assertThat(scan(store)).isEmpty();
        assertThat(store.stats().puts()).isEqualTo(4);
    }

    @Test
    void anEntryThatExpiredBeforeItWasPutErasesTheOneBefore() {
        CacheStore store = open();
        store.put(key(1), entry("one", "tag"), soon());
        store.put(key(1), entryUntil(now(), "expired", "tag"), soon());
        assertThat(store.get(key(1), soon())).isNull();
        assertThat(store.remove(key(1), soon())).isFalse();
    }

    @Test
    void aPutSetsTheLifeAnew() {
        CacheStore store = open();
        CacheEntry longer = entryUntil(now().plusSeconds(100), "longer");
        CacheEntry shorter = entryUntil(now().plusSeconds(10), "shorter");
        store.put(key(1), shorter, soon());
        store.put(key(1), longer, soon());
        store.put(key(2), longer, soon());
        store.put(key(2), shorter, soon());
        run.clock().advance(Duration.ofSeconds(50));
        assertThat(store.get(key(1), soon())).isEqualTo(longer);
        assertThat(store.get(key(2), soon())).isNull();
    }

    @Test
    void aKeyCanBePutAgainAfterItsEntryExpired() {
        CacheStore store = open();
        store.put(key(1), entryUntil(now().plusSeconds(1), "one", "old"), soon());
        run.clock().advance(Duration.ofSeconds(1));
        store.put(key(1), entry("again", "new"), soon());
        assertThat(store.get(key(1), soon())).isEqualTo(entry("again", "new"));
        assertThat(store.removeTagged("old", soon())).isZero();
        assertThat(store.get(key(1), soon())).isEqualTo(entry("again", "new"));
    }

    @Test
    void anEntryWithoutDeleteAtStaysForCenturies() {
        CacheStore store = open();
        store.put(key(1), entry("one"), soon());
        run.clock().set(Instant.parse("9999-12-31T23:59:59.999999999Z"));
        assertThat(store.get(key(1), soon())).isEqualTo(entry("one"));
    }

    @Test
    void storedAtHasNoInfluence() {
        CacheStore store = open();
        CacheEntry ofTheFuture = CacheEntry.newBuilder()
                .storedAt(now().plusSeconds(1_000))
                .deleteAt(now().plusSeconds(10))
                .build();
        store.put(key(1), ofTheFuture, soon());
        assertThat(store.get(key(1), soon())).isEqualTo(ofTheFuture);
        run.clock().advance(Duration.ofSeconds(10));
        assertThat(store.get(key(1), soon())).isNull();
    }

    @Test
    void onlyWhatExpiredIsLeftOut() {
        CacheStore store = open();
        for (int i = 0; i < 20; i++) {
            store.put(key(i), entryUntil(now().plusSeconds(i + 1), "entry " + i), soon());
        }
        run.clock().advance(Duration.ofSeconds(10));
        Set<CacheKey> keys = entries(20).keySet();
        assertThat(store.getAll(keys, soon()))
                .hasSize(10)
                .doesNotContainKey(key(9))
                .containsKey(key(10));
        assertThat(scan(store)).hasSize(10).doesNotContainKey(key(9)).containsKey(key(10));
    }

    @Test
    void removingAnExpiredEntryFindsNothing() {
        CacheStore store = open();
        store.put(key(1), entryUntil(now().plusSeconds(1), "one"), soon());
        run.clock().advance(Duration.ofSeconds(1));
        assertThat(store.remove(key(1), soon())).isFalse();
    }

    @Test
    void anExpiredEntryIsAMiss() {
        CacheStore store = open();
        store.put(key(1), entryUntil(now().plusSeconds(1), "one"), soon());
        run.clock().advance(Duration.ofSeconds(1));
        store.get(key(1), soon());
        store.getAll(Set.of(key(1)), soon());
        assertThat(store.stats().hits()).isZero();
        assertThat(store.stats().misses()).isEqualTo(2);
    }
}
