package dev.larder.cache.tiered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TieredCacheStoreProviderTest {
    private static final CacheKey KEY = CacheKey.sha256("key".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memory:,memory:",
                "memory,memory,memory",
                "tiered:,memory:,memory:",
                "tiered:?farWrites=behind&restAfter=3&restFor=1s&warmUp=100,memory:,memory:",
                "tiered:?warmUp=none&farWrites=through,memory:,memory:,memory:"
            })
    void opensTiers(String spec) {
        CacheEntry entry = CacheEntry.newBuilder().data(new byte[] {1}).build();
        try (CacheStore store = CacheStores.open(spec)) {
            assertThat(store).isInstanceOf(TieredCacheStore.class);
            store.put(KEY, entry, Deadline.never());
            assertThat(store.get(KEY, Deadline.never())).isEqualTo(entry);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tiered:                                      | two stores or more, but got none",
                "tiered:,memory:                              | only 'memory:'",
                "tiered:here,memory:,memory:                  | no location",
                "tiered:?farWrites=later,memory:,memory:      | through, behind",
                "tiered:?restAfter=0,memory:,memory:          | at least 1",
                "tiered:?restFor=0s,memory:,memory:           | longer than nothing",
                "tiered:?warmUp=some,memory:,memory:          | warmUp",
                "tiered:?near=memory,memory:,memory:          | farWrites, restAfter, restFor, warmUp",
                "memory:,nowhere:                             | unknown store 'nowhere'",
                "nowhere:,memory:                             | unknown store 'nowhere'",
                "memory:?maxBites=1,memory:                   | unknown option 'maxBites'"
            })
    void aBadSpecIsRefused(String spec, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheStores.open(spec))
                .withMessageContaining(message);
    }

    @Test
    void theFarTierIsClosedWhenTheNearOneCannotBeOpened() {
        String far = "sqlite:" + StoreSpec.encode(directory.resolve("far.db").toString());
        assertThatThrownBy(() -> CacheStores.open("memory:here," + far)).isInstanceOf(IllegalArgumentException.class);
        // A store left open would still have its write-ahead log beside it.
        assertThat(directory.resolve("far.db-wal")).doesNotExist();
    }

    @Test
    void warmsUpFromWhatWasThereBefore() {
        String far = "sqlite:" + StoreSpec.encode(directory.resolve("far.db").toString());
        CacheEntry entry = CacheEntry.newBuilder().data(new byte[] {1}).build();
        try (CacheStore store = CacheStores.open("memory:," + far)) {
            store.put(KEY, entry, Deadline.never());
        }
        try (CacheStore store = CacheStores.open("tiered:?warmUp=10,memory:," + far)) {
            assertThat(store.get(KEY, Deadline.never())).isEqualTo(entry);
        }
    }

    @Test
    void theSampleIsMemoryOverSqlite() {
        Map<String, String> samples = new TieredCacheStoreProvider().samples(directory);
        assertThat(samples).containsOnlyKeys("tiered (memory over sqlite)");
        try (CacheStore store = CacheStores.open(samples.values().iterator().next())) {
            assertThat(store).isInstanceOf(TieredCacheStore.class);
        }
        assertThat(directory.resolve("tiered.db")).exists();
    }
}
