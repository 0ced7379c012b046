package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entry;
import static dev.larder.cache.sqlite.Examples.entryOf;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the writer does with whatever waits, and while somebody else holds the lock of the file. */
class SqliteWriterTest {
    private static final Duration SHORT = Duration.ofMillis(150);

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() throws IOException {
        // As the store names it, wherever temporary directories are links.
        directory = directory.toRealPath();
        file = directory.resolve("http.db");
    }

    @Test
    void whatWaitsIsCommittedAtOnce() throws Exception {
        try (SqliteCacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            store.put(key("before"), entry("before"), soon());
            List<CompletableFuture<?>> stages = new ArrayList<>();
            Wal before;
            try (Lock lock = new Lock(file)) {
                for (int i = 0; i < 100; i++) {
                    stages.add(
                            store.putAsync(key("a" + i), entry("a" + i), soon()).toCompletableFuture());
                }
                before = Wal.read(file);
            }
            CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)).get();
            Wal after = Wal.read(file);
            assertThat(after.commitsSince(before)).isEqualTo(1);
            assertThat(store.stats().puts()).isEqualTo(101);
            assertThat(store.stats().entries()).isEqualTo(101);
        }
    }

    @Test
    void whatItsCallerGaveUpIsNeverExecuted() throws SQLException {
        try (SqliteCacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            store.put(key("old"), entry("old", "tag"), soon());
            try (Lock lock = new Lock(file)) {
                assertTimeout(() -> store.put(key("new"), entry("new"), Deadline.after(SHORT)));
                assertTimeout(() -> store.putAll(Map.of(key("new"), entry("new")), Deadline.after(SHORT)));
                assertTimeout(() -> store.remove(key("old"), Deadline.after(SHORT)));
                assertTimeout(() -> store.removeTagged("tag", Deadline.after(SHORT)));
                assertTimeout(() -> store.clear(Deadline.after(SHORT)));
                assertTimeout(() -> store.flush(Deadline.after(SHORT)));
                CompletionStage<?> stage = store.putAsync(key("new"), entry("new"), Deadline.after(SHORT));
                assertThat(catchThrowable(() -> stage.toCompletableFuture().get()))
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOfSatisfying(
                                CacheStoreException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
                // Readers do not wait for writers.
                assertThat(store.get(key("old"), soon())).isEqualTo(entry("old", "tag"));
            }
            store.flush(soon());
            assertThat(store.get(key("new"), soon())).isNull();
            assertThat(store.get(key("old"), soon())).isEqualTo(entry("old", "tag"));
            assertThat(store.stats().puts()).isEqualTo(1);
            assertThat(store.stats().failures()).isEqualTo(7);
        }
    }

    @Test
    void theOperationTimeoutEndsCallsWithoutDeadline() throws SQLException {
        try (SqliteCacheStore store =
                SqliteCacheStore.newBuilder(file).operationTimeout(SHORT).open()) {
            try (Lock lock = new Lock(file)) {
                assertTimeout(() -> store.put(key("1"), entry("1"), Deadline.never()));
            }
            store.flush(Deadline.never());
            assertThat(store.get(key("1"), Deadline.never())).isNull();
        }
    }

    @Test
    void aFullQueueMakesPutsWaitAndAsyncPutsFail() throws SQLException {
        for (SqliteCacheStore.Durability durability : SqliteCacheStore.Durability.values()) {
            Path own = directory.resolve(durability + ".db");
            try (SqliteCacheStore store = SqliteCacheStore.newBuilder(own)
                    .durability(durability)
                    .queueBytes(10_000)
                    .open()) {
                CompletionStage<?> first;
                try (Lock lock = new Lock(own)) {
                    first = store.putAsync(key("first"), entryOf(9_000), soon());
                    assertThat(store.putAsync(key("second"), entryOf(9_000), soon())
                                    .toCompletableFuture())
                            .isCompletedExceptionally();
                    assertTimeout(() -> store.put(key("third"), entryOf(9_000), Deadline.after(SHORT)));
                }
                first.toCompletableFuture().join();
                store.flush(soon());
                assertThat(store.get(key("first"), soon())).isEqualTo(entryOf(9_000));
                assertThat(store.get(key("second"), soon())).isNull();
                assertThat(store.get(key("third"), soon())).isNull();
                store.put(key("larger than the queue"), entryOf(20_000), soon());
            }
        }
    }

    @Test
    void puttingBehindIsSeenAtOnceAndWrittenLater() throws SQLException {
        try (SqliteCacheStore store = behind()) {
            store.put(key("old"), entry("old"), soon());
            store.flush(soon());
            try (Lock lock = new Lock(file)) {
                store.put(key("old"), entry("newer"), soon());
                store.putAll(Map.of(key("new"), entry("new")), soon());
                assertThat(store.putAsync(key("async"), entry("async"), soon()).toCompletableFuture())
                        .isCompleted();
                assertThat(store.get(key("old"), soon())).isEqualTo(entry("newer"));
                assertThat(store.getAll(Set.of(key("old"), key("new"), key("none")), soon()))
                        .isEqualTo(Map.of(key("old"), entry("newer"), key("new"), entry("new")));
                Map<Object, Object> scanned = new HashMap<>();
                store.scan(scanned::put, soon());
                assertThat(scanned)
                        .isEqualTo(Map.of(
                                key("old"), entry("newer"), key("new"), entry("new"), key("async"), entry("async")));
                assertTimeout(() -> store.flush(Deadline.after(SHORT)));
            }
            store.flush(soon());
            assertThat(Examples.number(file, "SELECT entries FROM totals")).isEqualTo(3);
        }
    }

    @Test
    void closingWritesWhatWasAcceptedBehind() {
        try (SqliteCacheStore store = behind()) {
            for (int i = 0; i < 1000; i++) {
                store.put(key("b" + i), entry("b" + i), soon());
            }
        }
        try (SqliteCacheStore store = behind()) {
            for (int i = 0; i < 1000; i++) {
                assertThat(store.get(key("b" + i), soon())).isEqualTo(entry("b" + i));
            }
        }
    }

    @Test
    void closingUnderSomebodyElsesLockTellsWhatWasLost() throws SQLException {
        SqliteCacheStore store = SqliteCacheStore.newBuilder(file)
                .durability(SqliteCacheStore.Durability.BEHIND)
                .operationTimeout(SHORT)
                .open();
        try (Lock lock = new Lock(file)) {
            store.put(key("1"), entry("1"), soon());
            store.put(key("2"), entry("2"), soon());
            assertThatThrownBy(store::close)
                    .isInstanceOf(CacheStoreException.class)
                    .hasMessageStartingWith("2 accepted puts were not written, the first because: sqlite store " + file
                            + " was closed while another connection held the lock of the file");
        }
        assertThat(store.stats().failures()).isEqualTo(2);
        assertThatThrownBy(() -> store.get(key("1"), soon())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void oneBadOperationHarmsNoOtherOfItsGroup() throws Exception {
        for (SqliteCacheStore.Durability durability : SqliteCacheStore.Durability.values()) {
            Path own = directory.resolve(durability + ".db");
            try (SqliteCacheStore store =
                    SqliteCacheStore.newBuilder(own).durability(durability).open()) {
                Examples.execute(
                        own,
                        "CREATE TRIGGER refusal BEFORE INSERT ON entry WHEN length(new.data) = 13 BEGIN"
                                + " SELECT raise(ABORT, 'refused'); END");
                List<CompletableFuture<?>> stages = new ArrayList<>();
                try (Lock lock = new Lock(own)) {
                    for (int size = 10; size < 16; size++) {
                        stages.add(store.putAsync(key("" + size), entryOf(size), soon())
                                .toCompletableFuture());
                    }
                }
                boolean committed = durability == SqliteCacheStore.Durability.COMMITTED;
                if (committed) {
                    assertThatThrownBy(() -> stages.get(3).get())
                            .cause()
                            .isInstanceOf(CacheStoreException.class)
                            .hasMessageContaining("sqlite store " + own + ": put failed");
                    store.flush(soon());
                } else {
                    assertThatThrownBy(() -> store.flush(soon()))
                            .isInstanceOf(CacheStoreException.class)
                            .hasMessageStartingWith("1 accepted put was not written");
                    store.flush(soon());
                }
                for (int size = 10; size < 16; size++) {
                    assertThat(store.get(key("" + size), soon())).isEqualTo(size == 13 ? null : entryOf(size));
                }
                assertThat(store.stats().failures()).isEqualTo(committed ? 1 : 2);
            }
        }
    }

    @Test
    void anErrorThatEndsStatementsEndsNothingElse() throws Exception {
        try (SqliteCacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            // No constraint, which the driver would forgive: after this it closes the statement.
            Examples.execute(
                    file,
                    "CREATE TRIGGER refusal BEFORE INSERT ON entry WHEN length(new.data) = 13 BEGIN"
                            + " SELECT zeroblob(2000000000); END");
            for (int round = 0; round < 3; round++) {
                assertThatThrownBy(() -> store.put(key("13"), entryOf(13), soon()))
                        .isInstanceOfSatisfying(
                                CacheStoreException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.FULL));
                // The lock of the file is free.
                new Lock(file).close();
                store.put(key("14"), entryOf(14), soon());
                store.flush(soon());
            }
            List<CompletableFuture<?>> stages = new ArrayList<>();
            try (Lock lock = new Lock(file)) {
                for (int size = 10; size < 16; size++) {
                    stages.add(store.putAsync(key("" + size), entryOf(size), soon())
                            .toCompletableFuture());
                }
            }
            assertThatThrownBy(() -> stages.get(3).get()).isInstanceOf(ExecutionException.class);
            store.flush(soon());
            for (int size = 10; size < 16; size++) {
                assertThat(store.get(key("" + size), soon())).isEqualTo(size == 13 ? null : entryOf(size));
            }
        }
    }

    @Test
    void aFullDiskIsGotOver() throws SQLException {
        SqliteCacheStore.newBuilder(file).open().close();
        StatsCounter stats = new StatsCounter();
        Settings settings = new Settings(
                file,
                InstantSource.system(),
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                SqliteCacheStore.Durability.COMMITTED,
                1,
                Duration.ofSeconds(30),
                Duration.ofMillis(20),
                Long.MAX_VALUE,
                SqliteCacheStore.Compression.NONE);
        OpenFile open = new OpenFile(settings, new SqliteReaders(settings));
        // Holds for this connection only: for the next there is room again.
        open.session().runToEnd("PRAGMA max_page_count = 16");
        SqliteWriter writer = new SqliteWriter(settings, open, new Recency(settings.clock(), 0), stats);
        writer.start();
        try {
            CacheEntry large = entryOf(1 << 20);
            Put put = new Put(
                    key("1"),
                    large,
                    EntryCodec.encode(key("1"), large, 1, SqliteCacheStore.Compression.NONE),
                    false,
                    false);
            writer.execute(new WriteOps.PutOp("put", List.of(put), stats, soon()), soon());
        } finally {
            writer.close();
        }
        try (SqliteCacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            assertThat(store.get(key("1"), soon())).isEqualTo(entryOf(1 << 20));
        }
    }

    @Test
    void anInterruptedCallerGivesUpAndStaysInterrupted() throws Exception {
        try (SqliteCacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            try (Lock lock = new Lock(file)) {
                Thread caller = new Thread(() -> {
                    thrown.set(catchThrowable(() -> store.put(key("1"), entry("1"), soon())));
                    flag.set(Thread.currentThread().isInterrupted());
                });
                caller.start();
                caller.interrupt();
                caller.join();
            }
            assertThat(thrown.get())
                    .isInstanceOfSatisfying(
                            CacheStoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BUSY));
            assertThat(flag.get()).isTrue();
            store.flush(soon());
            assertThat(store.get(key("1"), soon())).isNull();
        }
    }

    private SqliteCacheStore behind() {
        return SqliteCacheStore.newBuilder(file)
                .durability(SqliteCacheStore.Durability.BEHIND)
                .open();
    }

    private static void assertTimeout(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CacheStoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
    }

    /** Somebody else who writes, and takes his time. */
    private static final class Lock implements AutoCloseable {
        private final Connection connection;

        Lock(Path file) throws SQLException {
            connection = Examples.connect(file);
            execute("BEGIN IMMEDIATE");
        }

        private void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void close() throws SQLException {
            execute("COMMIT");
            connection.close();
        }
    }

    /** The commits in the log since it last started anew, by its file format. */
    private record Wal(long salts, int commits) {
        private static final int FRAME = 4096;

        static Wal read(Path file) throws IOException {
            Path wal = file.resolveSibling(file.getFileName() + "-wal");
            try (DataInputStream in = new DataInputStream(Files.newInputStream(wal))) {
                in.skipNBytes(16);
                long salts = in.readLong();
                in.skipNBytes(8);
                int commits = 0;
                while (in.available() >= 24 + FRAME) {
                    in.readInt();
                    boolean commit = in.readInt() != 0;
                    boolean current = in.readLong() == salts;
                    in.skipNBytes(8 + FRAME);
                    if (commit && current) {
                        commits++;
                    }
                }
                return new Wal(salts, commits);
            }
        }

        int commitsSince(Wal before) {
            return salts == before.salts ? commits - before.commits : commits;
        }
    }
}
