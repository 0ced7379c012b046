package dev.larder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.larder.cache.CacheStoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The default methods keep the contract on top of a store that defines none of them. */
class CacheStoreDefaultsTest {
    private static final Deadline EXPIRED = Deadline.after(Duration.ZERO);
    private static final CacheEntry ENTRY =
            CacheEntry.newBuilder().storedAt(Instant.EPOCH).build();

    private final PlainStore store = new PlainStore();

    @Test
    void getAllReturnsWhatIsThere() {
        store.put(key("a"), ENTRY, Deadline.never());
        assertThat(store.getAll(Set.of(key("a"), key("b")), Deadline.never())).isEqualTo(Map.of(key("a"), ENTRY));
    }

    @Test
    void putAllPutsEach() {
        store.putAll(Map.of(key("a"), ENTRY, key("b"), ENTRY), Deadline.never());
        assertThat(store.entries).containsOnlyKeys(key("a"), key("b"));
    }

    @Test
    void aCallOfNothingTimesOutToo() {
        assertTimesOut(() -> store.getAll(Set.of(), EXPIRED));
        assertTimesOut(() -> store.putAll(Map.of(), EXPIRED));
        assertTimesOut(() -> store.flush(EXPIRED));
    }

    @Test
    void aMissingDeadlineIsFoundInACallOfNothing() {
        assertThatNullPointerException().isThrownBy(() -> store.getAll(Set.of(), null));
        assertThatNullPointerException().isThrownBy(() -> store.putAll(Map.of(), null));
        assertThatNullPointerException().isThrownBy(() -> store.flush(null));
    }

    @Test
    void aClosedStoreIsFoundBeforeAnExpiredDeadline() {
        store.close();
        assertThatIllegalStateException().isThrownBy(() -> store.getAll(Set.of(key("a")), EXPIRED));
        assertThatIllegalStateException().isThrownBy(() -> store.putAll(Map.of(key("a"), ENTRY), EXPIRED));
        assertThatIllegalStateException().isThrownBy(() -> store.putAsync(key("a"), ENTRY, EXPIRED));
    }

    @Test
    void putAsyncPutsBeforeItReturns() {
        CompletableFuture<Void> stage =
                store.putAsync(key("a"), ENTRY, Deadline.never()).toCompletableFuture();
        assertThat(stage).isCompleted();
        assertThat(store.entries).containsKey(key("a"));
    }

    @Test
    void aFailureOfStorageFailsTheStageOfPutAsync() {
        CompletableFuture<Void> stage = store.putAsync(key("a"), ENTRY, EXPIRED).toCompletableFuture();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(stage::join)
                .havingCause()
                .isInstanceOfSatisfying(
                        CacheStoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
        assertThat(store.entries).isEmpty();
    }

    private static void assertTimesOut(ThrowingCallable call) {
        assertThatExceptionOfType(CacheStoreException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
    }

    private static CacheKey key(String name) {
        return CacheKey.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Only what the interface leaves to a store. For one thread. */
    private static final class PlainStore implements CacheStore {
        final Map<CacheKey, CacheEntry> entries = new LinkedHashMap<>();
        private boolean closed;

        private void begin(String operation, Deadline deadline) {
            Objects.requireNonNull(deadline, "deadline");
            if (closed) {
                throw new IllegalStateException(operation + " on a closed store");
            }
            deadline.check(operation);
        }

        @Override
        public CacheEntry get(CacheKey key, Deadline deadline) {
            begin("get", deadline);
            return entries.get(key);
        }

        @Override
        public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
            begin("put", deadline);
            entries.put(key, entry);
        }

        @Override
        public boolean remove(CacheKey key, Deadline deadline) {
            begin("remove", deadline);
            return entries.remove(key) != null;
        }

        @Override
        public long removeTagged(String tag, Deadline deadline) {
            begin("removeTagged", deadline);
            return 0;
        }

        @Override
        public void clear(Deadline deadline) {
            begin("clear", deadline);
            entries.clear();
        }

        @Override
        public void scan(BiConsumer<CacheKey, CacheEntry> visitor, Deadline deadline) {
            begin("scan", deadline);
            entries.forEach(visitor);
        }

        @Override
        public StoreStats stats() {
            return new StoreStats(0, 0, 0, 0, 0, 0, 0, entries.size(), 0);
        }

        @Override
        public Set<StoreCapability> capabilities() {
            return Set.of();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
