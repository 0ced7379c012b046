package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.StoreStats;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes back is what was put, and asking changes nothing. */
abstract class ReadingRules extends Rules {
    ReadingRules(ContractRun run) {
        super(run);
    }

    @Test
    void theStoreCanDoWhatItsFixtureSays() {
        CacheStore store = open();
        assertThat(store.capabilities()).isEqualTo(run.fixture().capabilities());
    }

    @Test
    void aNewStoreIsEmpty() {
        CacheStore store = open();
        assertThat(store.get(key(1), soon())).isNull();
        assertThat(scan(store)).isEmpty();
    }

    @Test
    void anEntryComesBackEqual() {
        assertComesBackEqual(entry("body", "tag"));
    }

    @Test
    void emptyArraysComeBackEmpty() {
        assertComesBackEqual(
                CacheEntry.newBuilder().storedAt(Instant.EPOCH).tag("tag").build());
    }

    @Test
    void oneMebibyteComesBackWhole() {
        byte[] data = new byte[1 << 20];
        new Random(42).nextBytes(data);
        assertComesBackEqual(CacheEntry.newBuilder()
                .metadata(new byte[] {1})
                .data(data)
                .storedAt(now())
                .build());
    }

    @Test
    void everyByteComesBackInMetadataAndData() {
        byte[] up = new byte[256];
        byte[] down = new byte[256];
        for (int i = 0; i < 256; i++) {
            up[i] = (byte) i;
            down[i] = (byte) (255 - i);
        }
        assertComesBackEqual(
                CacheEntry.newBuilder().metadata(up).data(down).storedAt(now()).build());
    }

    @Test
    void tagsOfAnyCharactersComeBackEqual() {
        assertComesBackEqual(
                entry("body", "größe", "cafe\u0301", "caf\u00e9", "標籤", "🥫", "a,b", "a'b\"c", "%_*", " ", "\n", "\0"));
    }

    @Test
    void manyTagsComeBackEqual() {
        String[] tags = IntStream.range(0, 200).mapToObj(i -> "tag " + i).toArray(String[]::new);
        assertComesBackEqual(entry("body", tags));
    }

    @Test
    void instantsComeBackToTheNanosecond() {
        assertComesBackEqual(CacheEntry.newBuilder()
                .storedAt(now().plusNanos(1))
                .deleteAt(Instant.parse("9999-12-31T23:59:59.999999999Z"))
                .build());
    }

    @Test
    void theFarthestInstantsComeBackEqual() {
        CacheStore store = open();
        Map<CacheKey, CacheEntry> entries = new HashMap<>();
        Instant[] instants = {
            Instant.MIN, Instant.ofEpochSecond(-1, 999_999_999), Instant.EPOCH, Instant.MAX.minusNanos(1), Instant.MAX
        };
        for (int i = 0; i < instants.length; i++) {
            entries.put(
                    key(i),
                    CacheEntry.newBuilder()
                            .storedAt(instants[i])
                            .deleteAt(Instant.MAX.minusNanos(i))
                            .build());
        }
        entries.forEach((key, entry) -> store.put(key, entry, soon()));
        entries.forEach((key, entry) -> assertThat(store.get(key, soon())).isEqualTo(entry));
    }

    @Test
    void keysAreComparedWhole() {
        CacheStore store = open();
        Map<CacheKey, CacheEntry> entries = new HashMap<>();
        for (int changed = 0; changed < CacheKey.LENGTH; changed++) {
            byte[] bytes = new byte[CacheKey.LENGTH];
            bytes[changed] = -1;
            entries.put(CacheKey.of(bytes), entry("byte " + changed));
        }
        byte[] ones = new byte[CacheKey.LENGTH];
        Arrays.fill(ones, (byte) -1);
        entries.put(CacheKey.of(ones), entry("ones"));

        entries.forEach((key, entry) -> store.put(key, entry, soon()));

        assertThat(store.get(CacheKey.of(new byte[CacheKey.LENGTH]), soon())).isNull();
        entries.forEach((key, entry) -> assertThat(store.get(key, soon())).isEqualTo(entry));
        assertThat(store.getAll(entries.keySet(), soon())).isEqualTo(entries);
    }

    @Test
    void getAllReturnsWhatIsThereAndNothingElse() {
        CacheStore store = open();
        store.put(key(1), entry("one"), soon());
        store.put(key(2), entry("two"), soon());
        store.put(key(3), entry("three"), soon());

        assertThat(store.getAll(Set.of(key(1), key(3), key(4)), soon()))
                .isEqualTo(Map.of(key(1), entry("one"), key(3), entry("three")));
        assertThat(store.getAll(Set.of(key(4), key(5)), soon())).isEmpty();
    }

    @Test
    void getAllOfNoKeysIsEmpty() {
        CacheStore store = open();
        store.put(key(1), entry("one"), soon());
        assertThat(store.getAll(Set.of(), soon())).isEmpty();
    }

    @Test
    void getAllFindsFiveHundred() {
        CacheStore store = open();
        Map<CacheKey, CacheEntry> entries = entries(500, "tag");
        entries.forEach((key, entry) -> store.put(key, entry, soon()));
        Set<CacheKey> keys = new HashSet<>(entries.keySet());
        keys.add(key(501));
        assertThat(store.getAll(keys, soon())).isEqualTo(entries);
    }

    @Test
    void whatGetAllReturnedBelongsToTheCaller() {
        CacheStore store = open();
        store.put(key(1), entry("one"), soon());

        Map<CacheKey, CacheEntry> found = store.getAll(Set.of(key(1)), soon());
        found.put(key(2), entry("two"));
        found.remove(key(1));

        assertThat(store.get(key(1), soon())).isEqualTo(entry("one"));
        assertThat(store.get(key(2), soon())).isNull();
    }

    @Test
    void everyKeyLookedUpIsAHitOrAMiss() {
        CacheStore store = open();
        store.put(key(1), entry("one"), soon());

        store.get(key(1), soon());
        store.get(key(2), soon());
        store.getAll(Set.of(key(1), key(2), key(3)), soon());

        StoreStats stats = store.stats();
        assertThat(stats.hits()).isEqualTo(2);
        assertThat(stats.misses()).isEqualTo(3);
    }

    @Test
    void nullArgumentsAreRefused() {
        CacheStore store = open();
        assertThatNullPointerException().isThrownBy(() -> store.get(nothing(), soon()));
        assertThatNullPointerException().isThrownBy(() -> store.get(key(1), nothing()));
        assertThatNullPointerException().isThrownBy(() -> store.getAll(nothing(), soon()));
        assertThatNullPointerException().isThrownBy(() -> store.getAll(Set.of(key(1)), nothing()));
        assertThatNullPointerException().isThrownBy(() -> store.scan(nothing(), soon()));
        assertThatNullPointerException().isThrownBy(() -> store.scan((key, entry) -> {}, nothing()));
    }

    @Test
    void aScanShowsEachEntryOnce() {
        CacheStore store = open();
        Map<CacheKey, CacheEntry> entries = entries(500, "tag");
        entries.forEach((key, entry) -> store.put(key, entry, soon()));
        store.put(key(7), entry("seven again", "other"), soon());
        entries.put(key(7), entry("seven again", "other"));
        store.remove(key(8), soon());
        entries.remove(key(8));

        assertThat(scan(store)).isEqualTo(entries);
    }

    @Test
    void aScanRunsItsVisitorInTheCallingThread() {
        CacheStore store = open();
        store.put(key(1), entry("one"), soon());
        Set<Thread> threads = new HashSet<>();
        store.scan((key, entry) -> threads.add(Thread.currentThread()), soon());
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void theVisitorOfAScanMayCallTheStore() {
        CacheStore store = open();
        entries(20).forEach((key, entry) -> store.put(key, entry, soon()));
        AtomicInteger visits = new AtomicInteger();

        store.scan(
                (key, entry) -> {
                    visits.incrementAndGet();
                    assertThat(store.get(key, soon())).isEqualTo(entry);
                    assertThat(store.remove(key, soon())).isTrue();
                    store.put(key("kept"), entry("kept"), soon());
                    assertThat(scan(store)).doesNotContainKey(key).containsKey(key("kept"));
                    store.remove(key("kept"), soon());
                },
                soon());

        assertThat(visits).hasValue(20);
        assertThat(scan(store)).isEmpty();
    }

    @Test
    void anExceptionOfTheVisitorEndsTheScanAndIsRethrown() {
        CacheStore store = open();
        entries(20).forEach((key, entry) -> store.put(key, entry, soon()));
        RuntimeException failure = new UnsupportedOperationException("of the visitor");
        AtomicInteger visits = new AtomicInteger();

        assertThatThrownBy(() -> store.scan(
                        (key, entry) -> {
                            if (visits.incrementAndGet() == 3) {
                                throw failure;
                            }
                        },
                        soon()))
                .isSameAs(failure);

        assertThat(visits).hasValue(3);
        assertThat(scan(store)).hasSize(20);
        assertThat(store.stats().failures()).isZero();
    }

    @Test
    void aScanCountsNeitherHitsNorMisses() {
        CacheStore store = open();
        entries(20).forEach((key, entry) -> store.put(key, entry, soon()));
        scan(store);
        assertThat(store.stats().hits()).isZero();
        assertThat(store.stats().misses()).isZero();
    }

    @Test
    void anInterruptedThreadStaysInterrupted() {
        CacheStore store = open();
        store.put(key(1), entry("one"), soon());
        Thread.currentThread().interrupt();
        try {
            store.get(key(1), soon());
        } catch (CacheStoreException e) {
            // A store may give up waiting. What it may not do is to swallow the interrupt.
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(store.get(key(1), soon())).isEqualTo(entry("one"));
    }

    private void assertComesBackEqual(CacheEntry entry) {
        CacheStore store = open();
        store.put(key(1), entry, soon());
        assertThat(store.get(key(1), soon())).isEqualTo(entry);
        assertThat(store.getAll(Set.of(key(1)), soon())).isEqualTo(Map.of(key(1), entry));
        assertThat(scan(store)).isEqualTo(Map.of(key(1), entry));
    }
}
