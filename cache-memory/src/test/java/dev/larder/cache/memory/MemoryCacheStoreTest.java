package dev.larder.cache.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.cache.Deadline;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class MemoryCacheStoreTest {
    @Test
    void keepsWhatWasPut() {
        try (CacheStore store = CacheStores.open("memory:?maxBytes=1MiB")) {
            CacheKey key = CacheKey.sha256("a".getBytes(StandardCharsets.UTF_8));
            CacheEntry entry = CacheEntry.newBuilder().data(new byte[] {1}).build();
            store.put(key, entry, Deadline.never());
            assertThat(store.get(key, Deadline.never())).isEqualTo(entry);
        }
    }
}
