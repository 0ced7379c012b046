package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entry;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SqliteReadersTest {
    @TempDir
    Path directory;

    private SqliteReaders readers;

    @BeforeEach
    void openReaders() {
        Path file = directory.resolve("http.db");
        try (SqliteCacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            store.put(key("1"), entry("1"), soon());
        }
        readers = new SqliteReaders(new Settings(
                file,
                InstantSource.system(),
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                SqliteCacheStore.Durability.COMMITTED,
                1,
                Duration.ofSeconds(30),
                Duration.ofMillis(20),
                Long.MAX_VALUE,
                SqliteCacheStore.Compression.NONE));
    }

    @AfterEach
    void closeReaders() {
        readers.close();
    }

    @Test
    void aReaderIsWaitedForUntilTheDeadline() throws Exception {
        try (Busy busy = new Busy()) {
            assertThatThrownBy(() -> find(Deadline.after(Duration.ofMillis(100))))
                    .isInstanceOfSatisfying(
                            CacheStoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT))
                    .hasMessageContaining("waiting for one of 1 readers");
        }
        assertThat(find(soon())).isTrue();
    }

    @Test
    void anInterruptedCallerGivesUpAndStaysInterrupted() throws Exception {
        try (Busy busy = new Busy()) {
            Thread.currentThread().interrupt();
            Throwable thrown = catchThrowable(() -> find(soon()));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(thrown)
                    .isInstanceOfSatisfying(
                            CacheStoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BUSY));
        }
    }

    @Test
    void aFailedSessionIsNotLentAgain() throws Exception {
        AtomicReference<ReadSession> failed = new AtomicReference<>();
        assertThatThrownBy(() -> readers.read("test", soon(), session -> {
                    failed.set(session);
                    throw new SQLException("broken");
                }))
                .isInstanceOfSatisfying(
                        CacheStoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        ReadSession next = readers.read("test", soon(), session -> session);
        assertThat(next).isNotSameAs(failed.get());
        assertThat(readers.<ReadSession>read("test", soon(), session -> session))
                .isSameAs(next);
    }

    @Test
    void sessionsCannotWrite() {
        assertThatThrownBy(() -> readers.read("test", soon(), session -> {
                    try (var connection = Connections.openReader(directory.resolve("http.db"), Duration.ZERO)) {
                        Connections.execute(connection, "DELETE FROM entry");
                    }
                    return true;
                }))
                .isInstanceOf(CacheStoreException.class)
                .hasMessageContaining("SQLITE_READONLY");
    }

    @Test
    void closingWaitsForReadsAndSendsWaitersAway() throws Exception {
        CompletableFuture<Throwable> waiter;
        CompletableFuture<Void> closing;
        try (Busy busy = new Busy()) {
            waiter = CompletableFuture.supplyAsync(() -> catchThrowable(() -> find(soon())));
            closing = CompletableFuture.runAsync(readers::close);
        }
        closing.get();
        Throwable thrown = waiter.get();
        // The waiter may have been served before the closing began.
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> find(soon())).isInstanceOf(IllegalStateException.class);
    }

    private boolean find(Deadline deadline) throws DamagedFileException {
        return readers.read("get", deadline, session -> session.find(key("1")) != null);
    }

    /** Somebody who has the only reader until closed. */
    private final class Busy implements AutoCloseable {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);
        private final Thread thread;

        Busy() throws InterruptedException {
            thread = new Thread(this::read);
            thread.start();
            begun.await();
        }

        private void read() {
            try {
                readers.read("test", soon(), session -> {
                    begun.countDown();
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        throw new SQLException(e);
                    }
                    return true;
                });
            } catch (DamagedFileException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() throws InterruptedException {
            end.countDown();
            thread.join();
        }
    }
}
