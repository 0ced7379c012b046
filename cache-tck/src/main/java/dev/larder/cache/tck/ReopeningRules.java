package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.StoreCapability;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a persistent store had when it was closed is what it has when it is opened again. */
abstract class ReopeningRules extends Rules {
    ReopeningRules(ContractRun run) {
        super(run);
    }

    @Test
    void aStoreCanBeOpenedAgain() {
        CacheStore store = open();
        for (int i = 0; i < 3; i++) {
            store.put(key(i), entry("entry " + i), soon());
            store = run.reopen();
            store.put(key(i), entry("again"), soon());
            assertThat(store.get(key(i), soon())).isEqualTo(entry("again"));
        }
    }

    @Test
    void countersBeginAtZeroWhenAStoreIsOpened() {
        CacheStore store = open();
        store.putAll(entries(3, "tag"), soon());
        store.get(key(1), soon());
        store.get(key(9), soon());
        store.removeTagged("tag", soon());
        CacheStore reopened = run.reopen();
        assertThat(reopened.stats().hits()).isZero();
        assertThat(reopened.stats().misses()).isZero();
        assertThat(reopened.stats().puts()).isZero();
        assertThat(reopened.stats().removals()).isZero();
    }

    @Test
    void entriesSurvive() {
        assume(StoreCapability.PERSISTENT);
        Map<CacheKey, CacheEntry> entries = new HashMap<>(entries(500, "tag", "größe"));
        entries.put(
                key("precise"),
                CacheEntry.newBuilder()
                        .metadata(new byte[] {-1, 0, 1})
                        .storedAt(Instant.ofEpochSecond(-1, 999_999_999))
                        .deleteAt(now().plusSeconds(1).plusNanos(1))
                        .tag("precise")
                        .build());
        entries.put(key("large"), entry("x".repeat(1 << 20)));
        open().putAll(entries, soon());

        CacheStore reopened = run.reopen();
        assertThat(reopened.getAll(entries.keySet(), soon())).isEqualTo(entries);
        assertThat(scan(reopened)).isEqualTo(entries);
        assertThat(scan(run.reopen())).isEqualTo(entries);
    }

    @Test
    void theLastPutSurvives() {
        assume(StoreCapability.PERSISTENT);
        CacheStore store = open();
        store.put(key(1), entry("one", "old"), soon());
        store.put(key(1), entry("two", "new"), soon());
        CacheStore reopened = run.reopen();
        assertThat(reopened.get(key(1), soon())).isEqualTo(entry("two", "new"));
        assertThat(reopened.removeTagged("old", soon())).isZero();
    }

    @Test
    void tagsRemoveEntriesOfEarlierOpenings() {
        assume(StoreCapability.PERSISTENT);
        CacheStore store = open();
        store.put(key(1), entry("one", "tag"), soon());
        store.put(key(2), entry("two", "other"), soon());
        CacheStore reopened = run.reopen();
        reopened.put(key(3), entry("three", "tag"), soon());
        assertThat(reopened.removeTagged("tag", soon())).isEqualTo(2);
        assertThat(scan(reopened)).containsOnlyKeys(key(2));
    }

    @Test
    void whatWasRemovedStaysRemoved() {
        assume(StoreCapability.PERSISTENT);
        CacheStore store = open();
        store.putAll(entries(10), soon());
        store.put(key("tagged"), entry("tagged", "tag"), soon());
        store.remove(key(1), soon());
        store.removeTagged("tag", soon());
        CacheStore reopened = run.reopen();
        assertThat(reopened.get(key(1), soon())).isNull();
        assertThat(reopened.get(key("tagged"), soon())).isNull();
        assertThat(scan(reopened)).hasSize(9);
    }

    @Test
    void whatWasClearedStaysCleared() {
        assume(StoreCapability.PERSISTENT);
        CacheStore store = open();
        store.putAll(entries(10, "tag"), soon());
        store.clear(soon());
        CacheStore reopened = run.reopen();
        assertThat(scan(reopened)).isEmpty();
        assertThat(reopened.removeTagged("tag", soon())).isZero();
    }

    @Test
    void anEntryThatExpiresWhileTheStoreIsClosedIsAbsent() {
        assume(StoreCapability.PERSISTENT);
        CacheStore store = open();
        store.put(key(1), entryUntil(now().plusSeconds(10), "one", "tag"), soon());
        store.put(key(2), entryUntil(now().plusSeconds(11), "two", "tag"), soon());
        store.close();
        run.clock().advance(Duration.ofSeconds(10));
        CacheStore reopened = run.reopen();
        assertThat(reopened.get(key(1), soon())).isNull();
        assertThat(scan(reopened)).containsOnlyKeys(key(2));
    }

    @Test
    void closingWaitsForAsynchronousPuts() {
        assume(StoreCapability.PERSISTENT);
        CacheStore store = open();
        Map<CacheKey, CacheEntry> entries = entries(100, "tag");
        entries.forEach((key, entry) -> store.putAsync(key, entry, soon()));
        assertThat(scan(run.reopen())).isEqualTo(entries);
    }

    @Test
    void flushedEntriesAreThereForWhoeverOpensNext() {
        assume(StoreCapability.PERSISTENT);
        assume(StoreCapability.SHARED);
        CacheStore store = open();
        Map<CacheKey, CacheEntry> entries = entries(100, "tag");
        store.putAll(entries, soon());
        store.flush(soon());
        assertThat(scan(open())).isEqualTo(entries);
    }
}
