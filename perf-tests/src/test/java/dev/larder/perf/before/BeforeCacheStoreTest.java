package dev.larder.perf.before;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes this store the one that others begin with, beside the contract that every store keeps. */
class BeforeCacheStoreTest {
    private static final CacheKey KEY = CacheKey.sha256(new byte[] {1});
    private static final CacheEntry ENTRY = CacheEntry.newBuilder()
            .data(new byte[] {1, 2, 3})
            .storedAt(Instant.EPOCH)
            .build();

    @TempDir
    private Path directory;

    @Test
    void keepsARollbackJournal() throws SQLException {
        Path file = directory.resolve("a file, 100% ours?.db");
        try (BeforeCacheStore store = open(file)) {
            store.put(KEY, ENTRY, Deadline.never());
        }

        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:file:" + file.toUri().getRawPath());
                Statement statement = connection.createStatement();
                ResultSet mode = statement.executeQuery("PRAGMA journal_mode")) {
            assertThat(mode.getString(1)).isEqualTo("delete");
        }
    }

    @Test
    void callEndsByItsDeadlineWhileAnotherProcessHoldsTheFile() throws SQLException {
        Path file = directory.resolve("held.db");
        try (BeforeCacheStore store = open(file)) {
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN EXCLUSIVE");
                assertTimesOut(() -> store.put(KEY, ENTRY, Deadline.after(Duration.ofMillis(50))));
                assertTimesOut(() -> store.get(KEY, Deadline.after(Duration.ofMillis(50))));
                statement.execute("ROLLBACK");
            }
            assertThat(store.get(KEY, Deadline.never())).isNull();
            assertThat(store.stats().failures()).isEqualTo(2);
            store.put(KEY, ENTRY, Deadline.never());
            assertThat(store.get(KEY, Deadline.never())).isEqualTo(ENTRY);
        }
    }

    @Test
    void putAllKeepsAllOrNone() throws SQLException {
        Path file = directory.resolve("full.db");
        try (BeforeCacheStore store = open(file)) {
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = other.createStatement()) {
                statement.execute("CREATE TRIGGER refuse BEFORE INSERT ON entry WHEN length(new.data) = 0"
                        + " BEGIN SELECT RAISE(ABORT, 'refused'); END");
            }
            CacheEntry refused = CacheEntry.newBuilder().storedAt(Instant.EPOCH).build();
            Map<CacheKey, CacheEntry> entries = new LinkedHashMap<>();
            entries.put(KEY, ENTRY);
            entries.put(CacheKey.sha256(new byte[] {2}), refused);

            assertThatThrownBy(() -> store.putAll(entries, Deadline.never()))
                    .isInstanceOfSatisfying(
                            CacheStoreException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE))
                    .hasMessageContaining("refused");

            assertThat(store.get(KEY, Deadline.never())).isNull();
            store.put(KEY, ENTRY, Deadline.never());
            assertThat(store.get(KEY, Deadline.never())).isEqualTo(ENTRY);
        }
    }

    @Test
    void fileThatIsNoDatabaseIsRefused() throws Exception {
        Path text = Files.writeString(directory.resolve("notes.txt"), "This is no database.".repeat(100));

        assertThatThrownBy(() -> open(text))
                .isInstanceOfSatisfying(
                        CacheStoreException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageContaining("notes.txt");
        assertThat(text).hasContent("This is no database.".repeat(100));
    }

    private static BeforeCacheStore open(Path file) {
        return BeforeCacheStore.open(file, InstantSource.fixed(Instant.EPOCH));
    }

    private static void assertTimesOut(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CacheStoreException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT));
    }
}
