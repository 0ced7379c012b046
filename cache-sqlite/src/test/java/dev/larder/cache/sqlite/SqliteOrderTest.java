package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entry;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes of one thread take effect in their order, also where one of them takes several transactions. */
class SqliteOrderTest {
    @TempDir
    Path directory;

    @Test
    void aPutAfterAPutAllWins() throws Exception {
        Path file = directory.resolve("http.db");
        Map<CacheKey, CacheEntry> many = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            many.put(key("" + i), entry("first " + i));
        }
        try (SqliteCacheStore store = SqliteCacheStore.newBuilder(file)
                .maxBytes(1 << 20)
                .durability(SqliteCacheStore.Durability.BEHIND)
                .open()) {
            try (Connection other = Examples.connect(file)) {
                Connections.execute(other, "BEGIN IMMEDIATE");
                store.putAll(many, soon());
                many.replaceAll((key, entry) -> entry("second"));
                many.forEach((key, entry) -> store.put(key, entry, soon()));
                Connections.execute(other, "COMMIT");
            }
            store.flush(soon());
            // What the first flush did not wait for.
            store.flush(soon());
            assertThat(store.getAll(many.keySet(), soon())).isEqualTo(many);
        }
    }
}
