package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entry;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are deleted, replaced or cut short while a store has them open. */
@Timeout(120)
class SqliteMovedFileTest {
    @TempDir
    Path directory;

    private Path file;
    private Path log;
    private Path index;
    private Warnings warnings;

    @BeforeEach
    void nameFiles() throws IOException {
        // As the store names them, wherever temporary directories are links.
        directory = directory.toRealPath();
        file = directory.resolve("http.db");
        log = directory.resolve("http.db-wal");
        index = directory.resolve("http.db-shm");
        warnings = new Warnings();
    }

    @AfterEach
    void giveLoggersBack() {
        warnings.close();
    }

    private SqliteCacheStore open() {
        return SqliteCacheStore.newBuilder(file).open();
    }

    /** Uses the store so that the writer and each reader have a connection. */
    private static void use(SqliteCacheStore store) {
        store.put(key("old"), entry("old", "tag"), soon());
        assertThat(store.get(key("old"), soon())).isEqualTo(entry("old", "tag"));
    }

    /** Asserts that the file is sound, and returns whether it has the entry. */
    private boolean holds(String name) throws SQLException {
        try (SqliteCacheStore store = open()) {
            assertThat(Examples.text(file, "PRAGMA integrity_check")).isEqualTo("ok");
            return entry(name, "tag").equals(store.get(key(name), soon()));
        }
    }

    @Test
    void whatIsPutAfterTheFileWasDeletedIsInANewOne() throws Exception {
        try (SqliteCacheStore store = open()) {
            use(store);
            Files.delete(file);
            store.put(key("new"), entry("new", "tag"), soon());
            assertThat(store.get(key("new"), soon())).isEqualTo(entry("new", "tag"));
            assertThat(store.get(key("old"), soon())).isNull();
            assertThat(store.stats().entries()).isEqualTo(1);
        }
        assertThat(holds("new")).isTrue();
        assertThat(warnings.texts())
                .containsExactly("sqlite store " + file + " was deleted while it was open: what it held is gone, and"
                        + " the store goes on with what is there now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http.db", "http.db http.db-wal http.db-shm", "."})
    void anIdleStoreNoticesThatItsFileIsGone(String gone) throws Exception {
        Path deep = directory.resolve("deep");
        file = deep.resolve("http.db");
        try (SqliteCacheStore store = open()) {
            use(store);
            for (String name : gone.split(" ", -1)) {
                delete(deep.resolve(name).normalize());
            }
            warnings.await();
            store.flush(soon());
            assertThat(file).isRegularFile();
            assertThat(store.get(key("old"), soon())).isNull();
            assertThat(store.stats().entries()).isZero();
            store.put(key("new"), entry("new", "tag"), soon());
        }
        assertThat(holds("new")).isTrue();
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    void anEmptiedFileIsSetAsideAndANewOneStarted() throws Exception {
        try (SqliteCacheStore store = open()) {
            use(store);
            Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
            store.put(key("new"), entry("new", "tag"), soon());
            assertThat(store.get(key("new"), soon())).isEqualTo(entry("new", "tag"));
        }
        assertThat(holds("new")).isTrue();
        assertThat(directory.resolve("http.db.corrupt-1")).isEmptyFile();
        assertThat(directory.resolve("http.db.corrupt-1-wal")).isNotEmptyFile();
    }

    @Test
    void anotherStoresFileIsTakenAsItIs() throws Exception {
        Path other = directory.resolve("other.db");
        try (SqliteCacheStore store = SqliteCacheStore.newBuilder(other).open()) {
            store.put(key("other"), entry("other", "tag"), soon());
        }
        try (SqliteCacheStore store = open()) {
            use(store);
            Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
            store.put(key("new"), entry("new", "tag"), soon());
            assertThat(store.get(key("other"), soon())).isEqualTo(entry("other", "tag"));
            assertThat(store.get(key("old"), soon())).isNull();
            assertThat(store.removeTagged("tag", soon())).isEqualTo(2);
            store.put(key("newer"), entry("newer", "tag"), soon());
        }
        assertThat(holds("newer")).isTrue();
        assertThat(holds("other")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "database", "directory"})
    void aForeignFileIsRefusedUntouchedUntilItIsGone(String what) throws Exception {
        Path foreign = directory.resolve("foreign");
        switch (what) {
            case "text" -> Files.writeString(foreign, "This is no database.\n".repeat(100));
            case "database" -> Examples.execute(foreign, "CREATE TABLE precious (x)");
            default -> Files.createDirectory(foreign);
        }
        byte[] before = Files.isDirectory(foreign) ? new byte[0] : Files.readAllBytes(foreign);
        try (SqliteCacheStore store = open()) {
            use(store);
            Files.delete(file);
            Files.move(foreign, file, StandardCopyOption.ATOMIC_MOVE);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> store.put(key("new"), entry("new"), soon()))
                        .isInstanceOfSatisfying(
                                CacheStoreException.class,
                                e -> assertThat(e.kind()).isIn(Kind.CORRUPT, Kind.UNAVAILABLE))
                        .hasMessageContainingAll(file.toString(), "file");
                assertThatThrownBy(() -> store.get(key("old"), soon()))
                        .isInstanceOf(CacheStoreException.class)
                        .hasMessageContaining(file.toString());
            }
            if (before.length > 0) {
                assertThat(file).hasBinaryContent(before);
                assertThat(log).doesNotExist();
            }
            Files.delete(file);
            store.put(key("new"), entry("new", "tag"), soon());
            assertThat(store.get(key("new"), soon())).isEqualTo(entry("new", "tag"));
        }
        assertThat(holds("new")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-wal", "-shm", "-wal -shm"})
    void nothingIsLostWhenTheLogIsDeleted(String parts) throws Exception {
        try (SqliteCacheStore store = open()) {
            use(store);
            for (int round = 0; round < 3; round++) {
                for (String part : parts.split(" ", -1)) {
                    Files.delete(directory.resolve("http.db" + part));
                }
                assertThat(store.get(key("old"), soon())).isEqualTo(entry("old", "tag"));
                store.put(key("new" + round), entry("new" + round, "tag"), soon());
                assertThat(store.get(key("old"), soon())).isEqualTo(entry("old", "tag"));
                assertThat(store.get(key("new" + round), soon())).isEqualTo(entry("new" + round, "tag"));
                assertThat(log).exists();
                assertThat(index).exists();
            }
            assertThat(store.stats().entries()).isEqualTo(4);
        }
        for (String name : List.of("old", "new0", "new1", "new2")) {
            assertThat(holds(name)).isTrue();
        }
        assertThat(directory.resolve("http.db.corrupt-1")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-wal", "-shm", "-wal -shm"})
    void nothingIsLostWhenTheLogIsDeletedUnderSeveralStores(String parts) throws Exception {
        try (SqliteCacheStore one = open();
                SqliteCacheStore two = open()) {
            use(one);
            use(two);
            for (int round = 0; round < 3; round++) {
                for (String part : parts.split(" ", -1)) {
                    Files.delete(directory.resolve("http.db" + part));
                }
                one.put(key("one" + round), entry("one" + round, "tag"), soon());
                two.put(key("two" + round), entry("two" + round, "tag"), soon());
                one.put(key("one"), entry("one" + round, "tag"), soon());
                assertThat(two.get(key("one"), soon())).isEqualTo(entry("one" + round, "tag"));
            }
        }
        for (String name : List.of("old", "one0", "one1", "one2", "two0", "two1", "two2")) {
            assertThat(holds(name)).isTrue();
        }
        assertThat(directory.resolve("http.db.corrupt-1")).doesNotExist();
    }

    @Test
    void aStoreGoesOverToTheFileThatAnotherHasStarted() throws Exception {
        try (SqliteCacheStore one = open();
                SqliteCacheStore two = open()) {
            use(one);
            use(two);
            Files.delete(file);
            one.put(key("one"), entry("one", "tag"), soon());
            two.put(key("two"), entry("two", "tag"), soon());
            assertThat(one.get(key("two"), soon())).isEqualTo(entry("two", "tag"));
            assertThat(two.get(key("one"), soon())).isEqualTo(entry("one", "tag"));
        }
        assertThat(holds("one")).isTrue();
        assertThat(holds("two")).isTrue();
    }

    @Test
    void aFileThatWasCutShortIsRepairedWithTheNextWrite() throws Exception {
        try (SqliteCacheStore store = open()) {
            for (int i = 0; i < 50; i++) {
                store.put(key("e" + i), Examples.entryOf(10_000), soon());
            }
        }
        try (SqliteCacheStore store = open();
                Damage damage = new Damage(1)) {
            use(store);
            store.flush(soon());
            damage.cut(file, Files.size(file) - 10 * Connections.PAGE_SIZE);
            store.put(key("new"), entry("new", "tag"), soon());
            assertThat(directory.resolve("http.db.corrupt-1")).exists();
            assertThat(store.get(key("e0"), soon())).isEqualTo(Examples.entryOf(10_000));
        }
        assertThat(holds("new")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000})
    void aLogThatWasCutShortAndGrewAgainIsNoticed(int beyondAFrame) throws Exception {
        try (SqliteCacheStore one = open();
                SqliteCacheStore two = open();
                Damage damage = new Damage(1)) {
            use(one);
            use(two);
            // Its pages come last in the log, where nobody meets them on the way to anything else.
            one.put(key("large"), Examples.entryOf(2_000_000), soon());
            // The log is still longer than the other store has seen it, which goes on where it ended.
            damage.cut(log, StoreFile.logBytes(300) + beyondAFrame);
            two.put(key("two"), entry("two", "tag"), soon());
            one.put(key("one"), entry("one", "tag"), soon());
            two.put(key("two"), entry("two again", "tag"), soon());
            assertThat(Examples.text(file, "PRAGMA integrity_check")).isEqualTo("ok");
            for (SqliteCacheStore store : List.of(one, two)) {
                assertThat(store.get(key("one"), soon())).isEqualTo(entry("one", "tag"));
                assertThat(store.get(key("two"), soon())).isEqualTo(entry("two again", "tag"));
                assertThat(store.get(key("large"), soon())).isNull();
            }
        }
        assertThat(holds("one")).isTrue();
    }
}
