package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entry;
import static dev.larder.cache.sqlite.Examples.entryOf;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import dev.larder.cache.StatsCounter;
import dev.larder.cache.sqlite.SqliteCacheStore.Durability;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kind of call, while what it needs is in other hands: it ends by its deadline, nothing of it is done later, and
 * all is well again when the others let go.
 */
@Timeout(180)
class SqliteDeadlinesTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final CacheEntry OLD = entry("old", "tag");

    /** The calls that a store takes, made on the keys {@code old}, which has an entry, and {@code new}. */
    private enum Call {
        GET,
        GET_ALL,
        SCAN,
        PUT,
        PUT_ALL,
        PUT_ASYNC,
        REMOVE,
        REMOVE_TAGGED,
        CLEAR,
        FLUSH;

        static final Set<Call> READS = Set.of(GET, GET_ALL, SCAN);
        static final Set<Call> PUTS = Set.of(PUT, PUT_ALL, PUT_ASYNC);

        void make(SqliteCacheStore store, Deadline deadline) {
            switch (this) {
                case GET -> assertThat(store.get(key("old"), deadline)).isEqualTo(OLD);
                case GET_ALL ->
                    assertThat(store.getAll(Set.of(key("old"), key("none")), deadline))
                            .isEqualTo(Map.of(key("old"), OLD));
                case SCAN -> assertThat(scan(store, deadline)).containsEntry(key("old"), OLD);
                case PUT -> store.put(key("new"), entry("new"), deadline);
                case PUT_ALL -> store.putAll(Map.of(key("new"), entry("new")), deadline);
                case PUT_ASYNC -> join(store, deadline);
                case REMOVE -> store.remove(key("old"), deadline);
                case REMOVE_TAGGED -> store.removeTagged("tag", deadline);
                case CLEAR -> store.clear(deadline);
                case FLUSH -> store.flush(deadline);
            }
        }

        private static void join(SqliteCacheStore store, Deadline deadline) {
            try {
                store.putAsync(key("new"), entry("new"), deadline)
                        .toCompletableFuture()
                        .join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof CacheStoreException failure ? failure : e;
            }
        }
    }

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() throws IOException {
        directory = directory.toRealPath();
        file = directory.resolve("http.db");
    }

    private SqliteCacheStore.Builder builder(Durability durability) {
        return SqliteCacheStore.newBuilder(file).durability(durability);
    }

    private static Map<CacheKey, CacheEntry> scan(SqliteCacheStore store, Deadline deadline) {
        Map<CacheKey, CacheEntry> seen = new HashMap<>();
        store.scan(seen::put, deadline);
        return seen;
    }

    private static void assertFails(Kind kind, Call call, SqliteCacheStore store) {
        assertThatThrownBy(() -> call.make(store, Deadline.after(SHORT)))
                .as("%s", call)
                .isInstanceOfSatisfying(
                        CacheStoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    /** Nothing was done of what timed out, and every call does its work again. */
    private static void assertAllIsWell(SqliteCacheStore store, Map<CacheKey, CacheEntry> expected) {
        store.flush(soon());
        assertThat(scan(store, soon())).isEqualTo(expected);
        for (Call call : Call.values()) {
            store.put(key("old"), OLD, soon());
            call.make(store, soon());
        }
        store.clear(soon());
        assertThat(scan(store, soon())).isEmpty();
    }

    @Test
    void whileAnotherProcessHoldsTheWriteLock() throws Exception {
        try (SqliteCacheStore store = builder(Durability.COMMITTED).open()) {
            store.put(key("old"), OLD, soon());
            try (LockingProcess other = new LockingProcess(directory, file)) {
                for (Call call : Call.values()) {
                    if (Call.READS.contains(call)) {
                        call.make(store, soon());
                    } else {
                        assertFails(Kind.TIMEOUT, call, store);
                    }
                }
                assertThat(store.stats().failures()).isEqualTo(7);
                other.unlock();
            }
            assertAllIsWell(store, Map.of(key("old"), OLD));
        }
    }

    @Test
    void whileAnotherProcessHoldsTheWriteLockPutsBehindAreAccepted() throws Exception {
        try (SqliteCacheStore store = builder(Durability.BEHIND).open()) {
            store.put(key("old"), OLD, soon());
            store.flush(soon());
            try (LockingProcess other = new LockingProcess(directory, file)) {
                for (Call call : Call.values()) {
                    if (Call.READS.contains(call) || Call.PUTS.contains(call)) {
                        call.make(store, soon());
                    } else {
                        assertFails(Kind.TIMEOUT, call, store);
                    }
                }
                other.unlock();
            }
            assertAllIsWell(store, Map.of(key("old"), OLD, key("new"), entry("new")));
        }
    }

    @Test
    void theDeathOfWhoHoldsTheLockIsEnough() throws Exception {
        try (SqliteCacheStore store = builder(Durability.COMMITTED).open()) {
            try (LockingProcess other = new LockingProcess(directory, file)) {
                assertFails(Kind.TIMEOUT, Call.PUT, store);
            }
            assertAllIsWell(store, Map.of());
        }
    }

    @Test
    void manyCallersAtOnceAllGetTheirAnswerAndNothingElse() throws Exception {
        try (SqliteCacheStore store = builder(Durability.COMMITTED).open()) {
            List<CompletableFuture<Throwable>> outcomes = new ArrayList<>();
            try (LockingProcess other = new LockingProcess(directory, file)) {
                for (int i = 0; i < 40; i++) {
                    String name = "caller " + i;
                    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
                    outcomes.add(outcome);
                    new Thread(() -> outcome.complete(
                                    catchThrowable(() -> store.put(key(name), entry(name), Deadline.after(SHORT)))))
                            .start();
                }
                for (CompletableFuture<Throwable> outcome : outcomes) {
                    assertThat(outcome.get())
                            .isInstanceOfSatisfying(
                                    CacheStoreException.class,
                                    e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
                }
                other.unlock();
            }
            assertThat(store.stats().puts()).isZero();
            assertAllIsWell(store, Map.of());
        }
    }

    @Test
    void whileAllReadersAreBusy() throws Exception {
        try (SqliteCacheStore store = builder(Durability.COMMITTED).readers(2).open()) {
            store.put(key("old"), OLD, soon());
            try (BusyReader one = new BusyReader(store);
                    BusyReader two = new BusyReader(store)) {
                for (Call call : Call.READS) {
                    assertFails(Kind.TIMEOUT, call, store);
                }
                // Writers do not wait for readers.
                for (Call call : Call.values()) {
                    if (!Call.READS.contains(call)) {
                        call.make(store, soon());
                    }
                }
            }
            assertAllIsWell(store, Map.of());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whileTheQueueIsFull(Durability durability) throws Exception {
        try (SqliteCacheStore store = builder(durability).queueBytes(10_000).open()) {
            store.put(key("old"), OLD, soon());
            store.flush(soon());
            CompletableFuture<?> accepted;
            try (LockingProcess other = new LockingProcess(directory, file)) {
                // Larger than the queue, and so let in alone.
                accepted = store.putAsync(key("large"), entryOf(20_000), soon()).toCompletableFuture();
                for (Call call : Call.values()) {
                    if (Call.READS.contains(call)) {
                        call.make(store, soon());
                    } else {
                        assertFails(call == Call.PUT_ASYNC ? Kind.BUSY : Kind.TIMEOUT, call, store);
                    }
                }
                other.unlock();
            }
            accepted.get();
            assertAllIsWell(store, Map.of(key("old"), OLD, key("large"), entryOf(20_000)));
        }
    }

    @Test
    void closingDoesNotWaitForAReaderForEver() throws Exception {
        SqliteCacheStore store =
                builder(Durability.COMMITTED).operationTimeout(SHORT).open();
        store.put(key("old"), OLD, soon());
        try (BusyReader busy = new BusyReader(store)) {
            store.close();
            assertThatThrownBy(() -> store.get(key("old"), soon())).isInstanceOf(IllegalStateException.class);
            busy.close();
            assertThat(busy.found()).isTrue();
        }
        assertThat(openFiles()).noneMatch(path -> path.startsWith(file.toString()));
        try (SqliteCacheStore next = builder(Durability.COMMITTED).open()) {
            assertAllIsWell(next, Map.of(key("old"), OLD));
        }
    }

    private static List<String> openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return List.of();
        }
        List<String> files = new ArrayList<>();
        try (Stream<Path> open = Files.list(descriptors)) {
            for (Path descriptor : open.toList()) {
                try {
                    files.add(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException e) {
                    // Closed since it was listed.
                    assertThat(descriptor).doesNotExist();
                }
            }
        }
        return files;
    }

    @Test
    void whatExpiredWhileItsGroupFailedIsNotTriedAlone() throws Exception {
        SqliteCacheStore.newBuilder(file).open().close();
        Settings settings = new Settings(
                file,
                InstantSource.system(),
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Durability.COMMITTED,
                1,
                Duration.ofSeconds(30),
                Duration.ofMillis(20),
                Long.MAX_VALUE,
                SqliteCacheStore.Compression.NONE);
        SqliteWriter writer = new SqliteWriter(
                settings,
                new OpenFile(settings, new SqliteReaders(settings)),
                new Recency(settings.clock(), 0),
                new StatsCounter());
        CountDownLatch queued = new CountDownLatch(1);
        Deadline deadline = Deadline.after(Duration.ofSeconds(1));
        ScriptedOp first = new ScriptedOp(soon(), () -> await(queued));
        ScriptedOp failing = new ScriptedOp(soon(), () -> {
            while (!deadline.isExpired()) {
                Thread.onSpinWait();
            }
            throw new SQLException("refused");
        });
        ScriptedOp expiring = new ScriptedOp(deadline, () -> {});
        ScriptedOp sound = new ScriptedOp(soon(), () -> {});
        writer.start();
        try {
            // The first keeps the writer from the others until they are one group.
            assertThat(writer.offer(first)).isTrue();
            assertThat(writer.offer(failing)).isTrue();
            assertThat(writer.offer(expiring)).isTrue();
            assertThat(writer.offer(sound)).isTrue();
            queued.countDown();
            assertThat(first.done().get()).isZero();
            assertThat(sound.done().get()).isZero();
            assertThatThrownBy(() -> failing.done().get())
                    .cause()
                    .isInstanceOfSatisfying(
                            CacheStoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
            assertThatThrownBy(() -> expiring.done().get())
                    .cause()
                    .isInstanceOfSatisfying(
                            CacheStoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
        } finally {
            writer.close();
        }
        assertThat(sound.executions).isEqualTo(1);
        assertThat(failing.executions).isEqualTo(2);
        assertThat(expiring.executions).isZero();
    }

    private static void await(CountDownLatch latch) throws SQLException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
    }

    /** What an operation of a test does. */
    private interface Work {
        void run() throws SQLException;
    }

    /** An operation that writes nothing, and counts how often it is executed. */
    private static final class ScriptedOp extends WriteOp {
        private final Work work;
        private int executions;

        ScriptedOp(Deadline deadline, Work work) {
            super("test", deadline);
            this.work = work;
        }

        @Override
        long execute(WriteSession session, long roomBytes) throws SQLException {
            executions++;
            work.run();
            return 0;
        }
    }

    /** Somebody who has one of the store's readers until closed. */
    private static final class BusyReader implements AutoCloseable {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);
        private final CompletableFuture<Boolean> found = new CompletableFuture<>();

        BusyReader(SqliteCacheStore store) throws ReflectiveOperationException, InterruptedException {
            // No call of the store keeps a reader for as long as a test likes.
            Field field = SqliteCacheStore.class.getDeclaredField("readers");
            field.setAccessible(true);
            SqliteReaders readers = (SqliteReaders) field.get(store);
            new Thread(() -> read(readers)).start();
            begun.await();
        }

        private void read(SqliteReaders readers) {
            try {
                found.complete(readers.read("test", soon(), session -> {
                    begun.countDown();
                    SqliteDeadlinesTest.await(end);
                    return session.find(key("old")) != null;
                }));
            } catch (DamagedFileException | RuntimeException e) {
                found.completeExceptionally(e);
            }
        }

        boolean found() {
            return found.join();
        }

        @Override
        public void close() {
            end.countDown();
            found.join();
        }
    }
}
