package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entry;
import static dev.larder.cache.sqlite.Examples.entryOf;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How large the log gets. The bound is small, and so the log's limit is the least, 1,000 pages of 4 KiB. */
@Timeout(120)
class CheckpointerTest {
    private static final long BOUND = 2 << 20;
    private static final long LIMIT = 1_000 * Connections.PAGE_SIZE;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("http.db");
    }

    private SqliteCacheStore open() {
        return SqliteCacheStore.newBuilder(file).maxBytes(BOUND).open();
    }

    private long walBytes() throws IOException {
        return Files.size(directory.resolve("http.db-wal"));
    }

    @Test
    void theLogStaysWithinItsLimitUnderReadsThatNeverPause() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(3);
        try (SqliteCacheStore store = open()) {
            store.put(key("read"), entry("read"), soon());
            CountDownLatch written = new CountDownLatch(1);
            List<Future<?>> reads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                reads.add(readers.submit(() -> {
                    do {
                        store.get(key("read"), soon());
                    } while (written.getCount() > 0);
                }));
            }
            long largest = 0;
            // Fills the log some 15 times. Beside readers that never pause, it is commits that take time.
            for (int i = 0; i < 1_000; i++) {
                store.put(key("" + i), entryOf(50_000), soon());
                largest = Math.max(largest, walBytes());
            }
            written.countDown();
            for (Future<?> read : reads) {
                read.get();
            }
            assertThat(largest).isGreaterThan(LIMIT / 2).isLessThan(5 * LIMIT);
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void writesWaitWhenTheLogHasReachedItsLimitBecauseAReaderNeverEnds() throws Exception {
        try (SqliteCacheStore store = open();
                Connection reader = Examples.connect(file)) {
            store.put(key("old"), entry("old"), soon());
            Connections.execute(reader, "BEGIN");
            Examples.number(reader, "SELECT count(*) FROM entry");
            int acknowledged = 0;
            CacheStoreException refused = null;
            while (refused == null) {
                int next = acknowledged;
                refused = catchThrowableOfType(
                        CacheStoreException.class,
                        () -> store.put(key("" + next), entryOf(50_000), Deadline.after(Duration.ofMillis(500))));
                acknowledged += refused == null ? 1 : 0;
            }
            assertThat(refused.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(walBytes()).isBetween(6 * LIMIT, 10 * LIMIT);
            assertThat(store.get(key("" + (acknowledged - 1)), soon())).isEqualTo(entryOf(50_000));

            Connections.execute(reader, "COMMIT");
            store.put(key("new"), entry("new"), soon());
            assertThat(store.get(key("new"), soon())).isEqualTo(entry("new"));
            store.put(key("newer"), entry("newer"), soon());
            assertThat(walBytes()).isLessThan(2 * LIMIT);
            // What was refused was not written later.
            assertThat(store.get(key("" + acknowledged), soon())).isNull();
        }
    }

    @Test
    void whatIsFlushedIsInTheFileItself() throws SQLException {
        try (SqliteCacheStore store = open()) {
            store.put(key("1"), entry("1"), soon());
            store.flush(soon());
            try (Connection untouched = Connections.openUntouched(file)) {
                assertThat(Examples.number(untouched, "SELECT count(*) FROM entry"))
                        .isEqualTo(1);
            }
        }
    }
}
