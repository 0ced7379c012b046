package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entry;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.CacheStores;
import dev.larder.cache.StoreSpec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteOpeningTest {
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
    void missingDirectoriesAreMadeAndNewFilesAreTheOwnersOnly() throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path deep = directory.resolve("a/b/http.db");
        try (CacheStore store = SqliteCacheStore.newBuilder(deep).open()) {
            store.put(key("1"), entry("1"), soon());
            try (Stream<Path> files = Files.list(deep.getParent())) {
                for (Path made : files.toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                            .as(made.toString())
                            .isEqualTo("rw-------");
                }
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(deep.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void oddCharactersInPathsAreParts() {
        Path odd = directory.resolve("a b?c%d#e,f&g=h.db");
        try (CacheStore store = CacheStores.open("sqlite:" + StoreSpec.encode(odd.toString()))) {
            store.put(key("1"), entry("1"), soon());
        }
        assertThat(odd).exists();
        try (CacheStore store = SqliteCacheStore.newBuilder(odd).open()) {
            assertThat(store.get(key("1"), soon())).isEqualTo(entry("1"));
        }
    }

    @Test
    void theFileIsLaidOutAsMeant() throws SQLException {
        try (CacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            store.put(key("1"), entry("1"), soon());
            assertThat(Examples.number(file, "PRAGMA application_id")).isEqualTo(StoreFile.APPLICATION_ID);
            assertThat(Examples.number(file, "PRAGMA user_version")).isEqualTo(Schema.VERSION);
            assertThat(Examples.number(file, "PRAGMA page_size")).isEqualTo(4096);
            assertThat(Examples.number(file, "PRAGMA auto_vacuum")).isEqualTo(2);
            assertThat(file.resolveSibling("http.db-wal")).exists();
        }
        assertThat(file.resolveSibling("http.db-wal")).doesNotExist();
        assertThat(file.resolveSibling("http.db-shm")).doesNotExist();
    }

    @Test
    void aCreationThatWasCutShortIsTakenUpAgain() throws IOException {
        Path fresh = directory.resolve("http.db.new");
        Files.writeString(fresh, "garbage".repeat(1000));
        Files.writeString(directory.resolve("http.db.new-journal"), "garbage");
        try (CacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            store.put(key("1"), entry("1"), soon());
        }
        try (CacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            assertThat(store.get(key("1"), soon())).isEqualTo(entry("1"));
        }
        assertThat(fresh).doesNotExist();
        assertThat(directory.resolve("http.db.new-journal")).doesNotExist();
    }

    @Test
    void aLogWhoseFileIsGoneIsNotTakenForTheNewFiles() throws IOException {
        Path log = directory.resolve("http.db-wal");
        byte[] bytes;
        try (CacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            store.put(key("1"), entry("1"), soon());
            bytes = Files.readAllBytes(log);
        }
        Files.delete(file);
        Files.write(log, bytes);
        try (CacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            assertThat(store.get(key("1"), soon())).isNull();
            store.put(key("2"), entry("2"), soon());
        }
        try (CacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            assertThat(store.get(key("2"), soon())).isEqualTo(entry("2"));
        }
    }

    @Test
    void aTextFileIsRefusedUntouched() throws IOException {
        String text = "This is no database.\n".repeat(100);
        Files.writeString(file, text);
        CacheStoreException refusal = refusal();
        assertThat(refusal.kind()).isEqualTo(Kind.CORRUPT);
        assertThat(refusal)
                .hasMessage("sqlite store " + file
                        + " was refused: it is not a SQLite database; it was left as it is: choose another file");
        assertThat(file).hasContent(text);
    }

    @Test
    void anotherProgramsDatabaseIsRefusedUntouched() throws IOException, SQLException {
        Examples.execute(file, "CREATE TABLE precious (x)");
        byte[] before = Files.readAllBytes(file);
        CacheStoreException refusal = refusal();
        assertThat(refusal.kind()).isEqualTo(Kind.CORRUPT);
        assertThat(refusal)
                .hasMessage("sqlite store " + file
                        + " was refused: it is the database of another program; it was left as it is: choose another"
                        + " file");
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void aNewerSchemaIsRefused() throws SQLException {
        SqliteCacheStore.newBuilder(file).open().close();
        Examples.execute(file, "PRAGMA user_version = 7");
        CacheStoreException refusal = refusal();
        assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refusal)
                .hasMessage("sqlite store " + file
                        + " was written by schema 7, this version knows 1: upgrade larder or choose another file");
        assertThat(Examples.number(file, "PRAGMA user_version")).isEqualTo(7);
    }

    @Test
    void aMigrationThatWasCutShortIsTakenUpAgain() throws SQLException {
        SqliteCacheStore.newBuilder(file).open().close();
        Examples.execute(file, "PRAGMA user_version = 0");
        try (CacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            store.put(key("1"), entry("1"), soon());
        }
        assertThat(Examples.number(file, "PRAGMA user_version")).isEqualTo(Schema.VERSION);
    }

    @Test
    void aDamagedFileIsSetAsideAndReported() throws IOException {
        List<String> warnings = new ArrayList<>();
        Logger logger = Logger.getLogger(Schema.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                warnings.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            for (int round = 1; round <= 2; round++) {
                try (CacheStore store = SqliteCacheStore.newBuilder(file).open()) {
                    store.put(key("1"), entry("1"), soon());
                }
                // The schema, which says where entries are and holds none.
                overwrite(100, 4000);
            }
            try (CacheStore store = SqliteCacheStore.newBuilder(file).open()) {
                assertThat(store.get(key("1"), soon())).isEqualTo(entry("1"));
            }
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        assertThat(directory.resolve("http.db.corrupt-1")).exists();
        assertThat(directory.resolve("http.db.corrupt-2")).exists();
        assertThat(warnings)
                .containsExactly(
                        "sqlite store " + file + " was damaged and is repaired: 1 of 1 entries were kept; the damaged"
                                + " file is " + file + ".corrupt-1",
                        "sqlite store " + file + " was damaged and is repaired: 1 of 1 entries were kept; the damaged"
                                + " file is " + file + ".corrupt-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entry",
                "entry_key",
                "entry_delete_at",
                "entry_used_at",
                "tag",
                "tag_entry_id",
                "totals",
            })
    void damageToAnyTableOrIndexIsRepairedAtOpening(String name) throws IOException, SQLException {
        try (CacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            store.put(key("1"), entry("1", "tag"), soon());
        }
        long page = Examples.number(file, "SELECT rootpage FROM sqlite_schema WHERE name = '" + name + "'");
        overwrite((page - 1) * Connections.PAGE_SIZE, Connections.PAGE_SIZE);
        Logger logger = Logger.getLogger(Schema.class.getName());
        logger.setUseParentHandlers(false);
        try (CacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            // Entries are kept if they can be read without what is damaged.
            assertThat(store.get(key("1"), soon())).isEqualTo(name.equals("entry") ? null : entry("1", "tag"));
            assertThat(store.stats().entries()).isEqualTo(name.equals("entry") ? 0 : 1);
            store.put(key("1"), entry("1", "tag"), soon());
            assertThat(store.removeTagged("tag", soon())).isEqualTo(1);
        } finally {
            logger.setUseParentHandlers(true);
        }
        assertThat(directory.resolve("http.db.corrupt-1")).exists();
    }

    private void overwrite(long offset, int length) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(offset);
            byte[] garbage = new byte[length];
            Arrays.fill(garbage, (byte) 0xa5);
            bytes.write(garbage);
        }
    }

    /** As it is while another process copies the log, which begins with the first page, into a file that grows. */
    @Test
    void aFileThatIsNotYetAsLongAsItSaysIsSound() throws IOException, SQLException {
        try (CacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            store.put(key("1"), entry("1"), soon());
            store.flush(soon());
            store.putAll(Map.of(key("2"), Examples.entryOf(100_000)), soon());
            long pages = Examples.number(file, "PRAGMA page_count");
            Path copy = directory.resolve("copy.db");
            Files.copy(file.resolveSibling("http.db-wal"), copy.resolveSibling("copy.db-wal"));
            Files.copy(file, copy);
            try (RandomAccessFile bytes = new RandomAccessFile(copy.toFile(), "rw")) {
                assertThat(bytes.length()).isLessThan(pages * Connections.PAGE_SIZE);
                bytes.seek(28);
                bytes.writeInt((int) pages);
            }
        }
        try (CacheStore store =
                SqliteCacheStore.newBuilder(directory.resolve("copy.db")).open()) {
            assertThat(store.get(key("1"), soon())).isEqualTo(entry("1"));
            assertThat(store.get(key("2"), soon())).isEqualTo(Examples.entryOf(100_000));
        }
        assertThat(directory.resolve("copy.db.corrupt-1")).doesNotExist();
    }

    @Test
    void anInterruptedOpenerGivesUpAndStaysInterrupted() throws SQLException {
        SqliteCacheStore.newBuilder(file).open().close();
        try (Connection other = Examples.connect(file)) {
            Connections.execute(other, "PRAGMA locking_mode = EXCLUSIVE");
            Connections.execute(other, "BEGIN IMMEDIATE");
            Thread.currentThread().interrupt();
            CacheStoreException refusal = refusal();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(refusal.kind()).isEqualTo(Kind.BUSY);
            assertThat(refusal).hasMessageStartingWith("opening was interrupted");
        }
    }

    @Test
    void aDirectoryInThePlaceOfTheFileIsRefused() throws IOException {
        Files.createDirectory(file);
        CacheStoreException refusal = refusal();
        assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refusal)
                .hasMessage("sqlite store " + file + " cannot be opened: it is a directory: name a file in it, such as "
                        + file.resolve("larder.db"));
    }

    @Test
    void aLinkLeadsToOneFileWithEverythingBesideIt() throws IOException {
        Path link = Files.createDirectory(directory.resolve("links")).resolve("link.db");
        Files.createSymbolicLink(link, Path.of("../http.db"));
        for (Path path : List.of(link, file, link)) {
            try (CacheStore store = SqliteCacheStore.newBuilder(path).open()) {
                store.put(key(path.toString()), entry("1"), soon());
                assertThat(store.get(key(link.toString()), soon())).isNotNull();
            }
        }
        assertThat(link).isSymbolicLink();
        assertThat(file).isRegularFile();
        try (Stream<Path> files = Files.list(link.getParent())) {
            assertThat(files).containsExactly(link);
        }
        Path circle = Files.createSymbolicLink(directory.resolve("circle"), Path.of("circle"));
        file = circle;
        assertThat(refusal()).hasMessageContaining("it is a symbolic link that leads nowhere");
    }

    @Test
    void whatIsNoRegularFileIsRefusedUntouched() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(file));
            assertThat(refusal())
                    .hasMessage("sqlite store " + file
                            + " cannot be opened: it is not a regular file: choose another file");
            assertThat(Files.isRegularFile(file)).isFalse();
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files).containsExactly(file);
            }
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
        Files.writeString(directory.resolve("occupied"), "by a file");
        file = directory.resolve("occupied/below/http.db");
        CacheStoreException refusal = refusal();
        assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refusal)
                .hasMessageStartingWith("sqlite store " + file
                        + " cannot be opened: its directory cannot be created: create " + file.getParent());
    }

    @Test
    void aFileThatMayNotBeWrittenIsRefused() throws IOException {
        SqliteCacheStore.newBuilder(file).open().close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assumeFalse(Files.isWritable(file), "this user may write anything");
        CacheStoreException refusal = refusal();
        assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refusal).hasMessageContaining("it cannot be read and written");
    }

    @Test
    void timeoutsThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> SqliteCacheStore.newBuilder(file)
                        .busyTimeout(Duration.ofSeconds(2))
                        .operationTimeout(Duration.ofSeconds(1))
                        .open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("busyTimeout PT2S must be shorter than operationTimeout PT1S, which it is a part of: lower"
                        + " busyTimeout or raise operationTimeout");
        assertThat(file).doesNotExist();
    }

    @Test
    void badOptionsAreRefusedBeforeAnythingIsMade() {
        Map<String, String> refused = Map.ofEntries(
                Map.entry("sqlite:", "sqlite needs a file: write sqlite:path/to/file.db"),
                Map.entry("sqlite:" + file + "?maxSize=1", "unknown option 'maxSize' of sqlite"),
                Map.entry("sqlite:" + file + "?maxBytes=0", "maxBytes must be positive, not 0"),
                Map.entry("sqlite:" + file + "?readers=65", "readers must be from 1 to 64, not 65"),
                Map.entry("sqlite:" + file + "?durability=eventual", "choose one of committed, behind"),
                Map.entry("sqlite:" + file + "?operationTimeout=0s", "operationTimeout must be positive"),
                Map.entry(
                        "sqlite:" + file + "?operationTimeout=PT3000000H",
                        "operationTimeout must be at most PT24H, not PT3000000H"),
                Map.entry(
                        "sqlite:" + file + "?operationTimeout=1d&busyTimeout=61s",
                        "busyTimeout must be at most PT1M, not PT1M1S"),
                Map.entry(
                        "sqlite:" + file + "?requestTimeout=2s",
                        "operationTimeout PT5S must be shorter than requestTimeout PT2S"),
                Map.entry("sqlite:" + file + "?requestTimeout=0s", "requestTimeout must be positive"),
                Map.entry("sqlite::memory:", "sqlite needs a file; for memory write memory:"));
        refused.forEach((spec, message) -> assertThatThrownBy(() -> CacheStores.open(spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void samplesAreBothDurabilities() {
        Map<String, String> samples = new SqliteCacheStoreProvider().samples(directory);
        assertThat(samples)
                .containsExactly(
                        Map.entry("sqlite committed", "sqlite:" + directory.resolve("committed.db")),
                        Map.entry("sqlite behind", "sqlite:" + directory.resolve("behind.db") + "?durability=behind"));
        samples.values().forEach(spec -> CacheStores.open(spec).close());
    }

    private CacheStoreException refusal() {
        return catchThrowableOfType(
                CacheStoreException.class,
                () -> SqliteCacheStore.newBuilder(file).open());
    }
}
