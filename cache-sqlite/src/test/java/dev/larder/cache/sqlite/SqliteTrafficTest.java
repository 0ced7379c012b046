package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entry;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that go bad while many threads read and write. */
@Timeout(300)
class SqliteTrafficTest {
    private static final int THREADS = 4;

    @TempDir
    Path directory;

    private Path file;
    private Path log;
    private Warnings warnings;
    private Damage damage;

    @BeforeEach
    void nameFiles() throws IOException {
        directory = directory.toRealPath();
        file = directory.resolve("http.db");
        log = StoreFile.log(file);
        warnings = new Warnings();
        damage = new Damage(1);
    }

    @AfterEach
    void letGo() throws IOException {
        damage.close();
        warnings.close();
    }

    /** What happens. */
    private enum Mishap {
        FILE_DELETED,
        LOG_DELETED,
        INDEX_DELETED,
        ALL_DELETED,
        FILE_CUT_TO_HALF,
        FILE_EMPTIED,
        LOG_CUT_TO_HALF,
        LOG_EMPTIED,
        FIRST_PAGES_OVERWRITTEN,
        ALL_PAGES_OVERWRITTEN;

        /** Whether all that was acknowledged before is still there. */
        boolean isHarmless() {
            return this == LOG_DELETED || this == INDEX_DELETED;
        }
    }

    private void cause(Mishap mishap) throws IOException {
        switch (mishap) {
            case FILE_DELETED -> Files.delete(file);
            case LOG_DELETED -> Files.delete(log);
            case INDEX_DELETED -> Files.delete(StoreFile.logIndex(file));
            case ALL_DELETED -> {
                Files.delete(file);
                Files.delete(log);
                Files.delete(StoreFile.logIndex(file));
            }
            case FILE_CUT_TO_HALF -> damage.cut(file, Files.size(file) / 2);
            case FILE_EMPTIED -> damage.cut(file, 0);
            case LOG_CUT_TO_HALF -> damage.cut(log, Files.size(log) / 2);
            case LOG_EMPTIED -> damage.cut(log, 0);
            case FIRST_PAGES_OVERWRITTEN -> damage.overwrite(file, List.of(1L, 2L, 3L));
            case ALL_PAGES_OVERWRITTEN -> {
                List<Long> pages = new ArrayList<>();
                for (long page = 1; page <= Files.size(file) / Connections.PAGE_SIZE; page++) {
                    pages.add(page);
                }
                damage.overwrite(file, pages);
            }
        }
    }

    private SqliteCacheStore open() {
        // Nothing here is about time, and the disk may be slow.
        return SqliteCacheStore.newBuilder(file)
                .operationTimeout(Duration.ofMinutes(1))
                .open();
    }

    @ParameterizedTest
    @EnumSource
    void nobodyNoticesButByMisses(Mishap mishap) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        Queue<String> before = new ConcurrentLinkedQueue<>();
        Queue<String> after = new ConcurrentLinkedQueue<>();
        try (SqliteCacheStore store = open()) {
            for (int i = 0; i < 500; i++) {
                put(store, "first" + i);
                before.add("first" + i);
            }
            store.flush(soon());
            for (int i = 0; i < 200; i++) {
                put(store, "second" + i);
                before.add("second" + i);
            }
            AtomicBoolean over = new AtomicBoolean();
            AtomicBoolean done = new AtomicBoolean();
            List<Future<?>> traffic = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                String name = "t" + t + "-";
                traffic.add(threads.submit(() -> {
                    for (int i = 0; !done.get(); i++) {
                        boolean late = over.get();
                        put(store, name + i);
                        if (late) {
                            after.add(name + i);
                        }
                        get(store, "first" + i % 500);
                        get(store, name + i / 2);
                    }
                }));
            }
            cause(mishap);
            put(store, "witness");
            // It was written where it lasts, and so is all that begins from now on.
            over.set(true);
            after.add("witness");
            for (int i = 0; i < 200; i++) {
                put(store, "third" + i);
                after.add("third" + i);
            }
            done.set(true);
            for (Future<?> thread : traffic) {
                thread.get();
            }
            assertThat(store.get(key("witness"), soon())).isNotNull();
            assertThat(store.stats().failures()).isZero();
        } finally {
            threads.shutdownNow();
        }
        try (SqliteCacheStore store = open()) {
            for (String name : after) {
                assertThat(store.get(key(name), soon())).as(name).isEqualTo(entry(name, "tag"));
            }
            for (String name : before) {
                assertThat(get(store, name) || !mishap.isHarmless()).as(name).isTrue();
            }
        }
        assertThat(Examples.text(file, "PRAGMA integrity_check")).isEqualTo("ok");
    }

    private static void put(SqliteCacheStore store, String name) {
        store.put(key(name), entry(name, "tag"), soon());
    }

    /** Returns whether the entry is there; if so, it is right. */
    private static boolean get(SqliteCacheStore store, String name) {
        CacheEntry found = store.get(key(name), soon());
        if (found != null) {
            assertThat(found).isEqualTo(entry(name, "tag"));
        }
        return found != null;
    }
}
