package dev.larder.perf.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import java.lang.reflect.Field;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The floor is only one if it works on the store's own file, and issues what the store issues. */
class RawSqliteTest {
    private static final int COUNT = 20;

    private final Rows rows = new Rows();

    @TempDir
    private Path directory;

    @Test
    void statementsAreThoseOfTheStore() throws Exception {
        assertThat(RawSqlite.FIND).isEqualTo(ofStore("FIND"));
        assertThat(RawSqlite.PUT).isEqualTo(ofStore("PUT"));
    }

    private static Object ofStore(String name) throws ReflectiveOperationException {
        Field field = Class.forName("dev.larder.cache.sqlite.Sql").getDeclaredField(name);
        field.setAccessible(true);
        return field.get(null);
    }

    @Test
    void readsWhatTheStoreHasPut() throws Exception {
        StoreFiles files = new StoreFiles(directory, rows);

        try (RawSqlite reader = RawSqlite.openReader(files.filled(COUNT), rows)) {
            for (int i = 0; i < COUNT; i++) {
                assertThat(reader.find(Rows.key(i))).isTrue();
            }
            assertThat(reader.find(Rows.key(COUNT))).isFalse();
        }
    }

    @Test
    void noticesAnEntryOfAnotherKey() throws Exception {
        Path file = directory.resolve("wrong.db");
        CacheKey key = Rows.key(1);
        try (CacheStore store = StoreFiles.openCommitted(file)) {
            store.put(key, rows.entry(Rows.key(2)), Deadline.never());
            assertThat(rows.isRight(key, store.get(key, Deadline.never()))).isFalse();
        }

        try (RawSqlite reader = RawSqlite.openReader(file, rows)) {
            assertThat(reader.find(key)).isFalse();
        }
    }

    @Test
    void putsRowsThatTheStoreCountsAsItsOwn() throws Exception {
        StoreFiles files = new StoreFiles(directory, rows);
        Path copy = files.copy(COUNT);
        long bytesOfOne;
        try (CacheStore store = StoreFiles.openCommitted(copy)) {
            bytesOfOne = store.stats().bytes() / COUNT;
        }

        try (RawSqlite writer = RawSqlite.openWriter(copy, rows)) {
            writer.beginImmediate();
            writer.put(Rows.key(COUNT));
            writer.put(Rows.key(COUNT));
            writer.commit();
            writer.checkpoint();
            assertThat(writer.find(Rows.key(COUNT))).isTrue();
        }

        try (CacheStore store = StoreFiles.openCommitted(copy)) {
            assertThat(store.stats().entries()).isEqualTo(COUNT + 1);
            assertThat(store.stats().bytes()).isEqualTo((COUNT + 1) * bytesOfOne);
        }
        files.eraseCopies();
        assertThat(directory.toFile().list()).noneMatch(name -> name.startsWith("copy-"));
    }
}
