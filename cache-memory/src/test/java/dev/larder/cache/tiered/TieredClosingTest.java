package dev.larder.cache.tiered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.CacheStores;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreSpec;
import dev.larder.cache.memory.MemoryCacheStore;
import dev.larder.cache.tck.FaultyStore;
import dev.larder.cache.tck.FaultyStore.Method;
import dev.larder.cache.tiered.TieredCacheStore.FarWrites;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A put that was accepted and did not reach far is told by close, unless flush has told of it. */
final class TieredClosingTest {
    private static final CacheKey KEY = CacheKey.sha256(new byte[] {1});
    private static final CacheEntry ENTRY =
            CacheEntry.newBuilder().data(new byte[] {1}).build();

    private final CacheStoreException gone = new CacheStoreException(Kind.UNAVAILABLE, "unplugged");
    private final CacheStore near = MemoryCacheStore.newBuilder().build();
    private final CacheStore farMemory = MemoryCacheStore.newBuilder().build();

    @TempDir
    private Path directory;

    @Test
    void tellsOfAPutBehindThatFailsOnlyWhileFarCloses() throws SQLException {
        String file = directory.resolve("far.db").toString();
        String far = "sqlite:" + StoreSpec.encode(file);
        CacheStore store = CacheStores.open("tiered:?farWrites=behind,memory:," + far + "?operationTimeout=PT1S");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            store.put(KEY, ENTRY, Deadline.never());
            assertLossIsTold(store);
            statement.execute("ROLLBACK");
        }
        try (CacheStore reopened = CacheStores.open(far)) {
            assertThat(reopened.get(KEY, Deadline.never())).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfAPutThatAFarWithAsynchronousPutsMissed(FarWrites farWrites) {
        assertCloseTells(new FaultyStore(farMemory), farWrites);
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfAPutThatAFarWithoutThemMissed(FarWrites farWrites) {
        assertCloseTells(new FaultyStore(new BlockingStore(farMemory)), farWrites);
    }

    private void assertCloseTells(FaultyStore far, FarWrites farWrites) {
        TieredCacheStore store =
                TieredCacheStore.newBuilder(near, far).farWrites(farWrites).build();
        far.failWith(gone, Method.PUT, Method.PUT_ASYNC);
        store.put(KEY, ENTRY, Deadline.never());
        assertThat(assertLossIsTold(store)).hasCause(gone);
        assertThatThrownBy(() -> farMemory.get(KEY, Deadline.never())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatFarFailsWithInClosingComesFirst() {
        FaultyStore far = new FaultyStore(farMemory);
        TieredCacheStore store = TieredCacheStore.newBuilder(near, far).build();
        CacheStoreException stuck = new CacheStoreException(Kind.UNAVAILABLE, "stuck");
        far.failWith(gone, Method.PUT);
        far.failWith(stuck, Method.CLOSE);
        store.put(KEY, ENTRY, Deadline.never());
        assertThatThrownBy(store::close).isSameAs(stuck);
        assertThat(stuck.getSuppressed())
                .singleElement()
                .satisfies(lost -> assertThat(lost).hasCause(gone));
    }

    @Test
    void doesNotTellAgainWhatFlushHasTold() {
        FaultyStore far = new FaultyStore(farMemory);
        TieredCacheStore store = TieredCacheStore.newBuilder(near, far).build();
        far.failWith(gone, Method.PUT);
        store.put(KEY, ENTRY, Deadline.never());
        assertThatThrownBy(() -> store.flush(Deadline.never())).hasCause(gone);
        store.close();
    }

    private static CacheStoreException assertLossIsTold(CacheStore store) {
        CacheStoreException[] told = new CacheStoreException[1];
        assertThatExceptionOfType(CacheStoreException.class)
                .isThrownBy(store::close)
                .withMessageContaining("did not reach the far tier")
                .satisfies(e -> told[0] = e);
        store.close();
        return told[0];
    }
}
