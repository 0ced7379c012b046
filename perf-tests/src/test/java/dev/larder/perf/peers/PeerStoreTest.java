package dev.larder.perf.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every library has to be able to do behind the store that all four share. */
class PeerStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final CacheKey ONE = CacheKey.sha256(new byte[] {1});
    private static final CacheKey TWO = CacheKey.sha256(new byte[] {2});
    private static final CacheKey THREE = CacheKey.sha256(new byte[] {3});

    @TempDir
    private Path directory;

    private static CacheEntry entry(int number, Instant deleteAt, String... tags) {
        return CacheEntry.newBuilder()
                .metadata(new byte[] {9, (byte) number})
                .data(new byte[100 * number])
                .storedAt(NOW)
                .deleteAt(deleteAt)
                .tags(Set.of(tags))
                .build();
    }

    private CacheStore open(Peer peer, Instant now) {
        return peer.open(directory, InstantSource.fixed(now));
    }

    private static Map<CacheKey, CacheEntry> contents(CacheStore store) {
        Map<CacheKey, CacheEntry> contents = new HashMap<>();
        store.scan(contents::put, Deadline.never());
        return contents;
    }

    @ParameterizedTest
    @EnumSource
    void whatWasPutIsThereAfterOpeningAgainUntilItExpires(Peer peer) {
        CacheEntry one = entry(1, Instant.MAX, "a", "größe");
        CacheEntry two = entry(2, NOW.plusNanos(1));
        try (CacheStore store = open(peer, NOW)) {
            store.put(ONE, entry(7, Instant.MAX), Deadline.never());
            store.putAll(Map.of(ONE, one, TWO, two, THREE, entry(3, NOW)), Deadline.never());
            assertThat(store.getAll(Set.of(ONE, TWO, THREE), Deadline.never())).isEqualTo(Map.of(ONE, one, TWO, two));
            assertThat(store.stats().bytes()).isPositive();
        }
        try (CacheStore store = open(peer, NOW)) {
            assertThat(contents(store)).isEqualTo(Map.of(ONE, one, TWO, two));
            assertThat(store.get(TWO, Deadline.never())).isEqualTo(two);
        }
        try (CacheStore store = open(peer, NOW.plusNanos(1))) {
            assertThat(store.get(TWO, Deadline.never())).isNull();
            assertThat(contents(store)).isEqualTo(Map.of(ONE, one));
        }
        try (CacheStore store = open(peer, NOW)) {
            assertThat(store.get(TWO, Deadline.never()))
                    .as("erased when it was read")
                    .isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void removalsTakeWhatTheyName(Peer peer) {
        try (CacheStore store = open(peer, NOW)) {
            store.put(ONE, entry(1, Instant.MAX, "red"), Deadline.never());
            store.put(TWO, entry(2, Instant.MAX, "red", "blue"), Deadline.never());
            store.put(THREE, entry(3, Instant.MAX, "blue"), Deadline.never());
            assertThat(store.remove(ONE, Deadline.never())).isTrue();
            assertThat(store.remove(ONE, Deadline.never())).isFalse();
            assertThat(store.removeTagged("red", Deadline.never())).isEqualTo(1);
            assertThat(contents(store)).containsOnlyKeys(THREE);
            assertThat(store.stats().removals()).isEqualTo(2);
            store.clear(Deadline.never());
            assertThat(contents(store)).isEmpty();
            store.flush(Deadline.never());
        }
    }

    @ParameterizedTest
    @EnumSource
    void damagedEntryIsAbsentAndCounted(Peer peer) throws Exception {
        try (Shelf shelf = peer.openShelf(directory)) {
            shelf.put(ONE, new byte[] {1, 2, 3});
            byte[] bytes = PeerEntries.encode(TWO, entry(2, Instant.MAX));
            bytes[bytes.length - 1]++;
            shelf.put(TWO, bytes);
            shelf.put(THREE, PeerEntries.encode(THREE, entry(3, Instant.MAX)));
        }
        try (CacheStore store = open(peer, NOW)) {
            assertThat(store.get(ONE, Deadline.never())).isNull();
            assertThat(contents(store)).containsOnlyKeys(THREE);
            assertThat(store.stats().corrupt()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void callAfterItsDeadlineOrTheEndIsRefused(Peer peer) {
        CacheStore store = open(peer, NOW);
        assertThatThrownBy(() -> store.put(ONE, entry(1, Instant.MAX), Deadline.after(Duration.ZERO)))
                .isInstanceOfSatisfying(
                        CacheStoreException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(CacheStoreException.Kind.TIMEOUT));
        assertThat(store.get(ONE, Deadline.never())).isNull();
        store.close();
        store.close();
        assertThatIllegalStateException().isThrownBy(() -> store.putAll(Map.of(), Deadline.never()));
    }

    @ParameterizedTest
    @EnumSource
    void placeThatCannotBeOpenedIsNamed(Peer peer) throws Exception {
        Path file = Files.writeString(directory.resolve("notes.txt"), "This is no directory.");

        assertThatThrownBy(() -> peer.open(file, InstantSource.fixed(NOW)))
                .isInstanceOf(CacheStoreException.class)
                .hasMessageContaining("cannot open store " + peer)
                .hasMessageContaining("notes.txt");
    }
}
