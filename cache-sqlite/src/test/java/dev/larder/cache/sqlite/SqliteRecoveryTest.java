package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entryOf;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as a process leaves them that is killed while it copies its log into the file. */
class SqliteRecoveryTest {
    private static final int FRAME_HEADER = 24;
    private static final int WAL_HEADER = 32;
    private static final int ENTRIES = 50;

    @TempDir
    Path directory;

    private Path file;
    private Map<Integer, byte[]> pages;

    @BeforeEach
    void killWithAFullLog() throws IOException {
        Path original = directory.resolve("original.db");
        file = directory.resolve("http.db");
        try (SqliteCacheStore store = SqliteCacheStore.newBuilder(original).open()) {
            for (int i = 0; i < ENTRIES; i++) {
                store.put(key("" + i), entryOf(10_000 + i), soon());
            }
            // As it would be found after a kill: open, and the log as the last commit left it.
            Files.copy(original, file);
            Files.copy(log(original), log(file));
        }
        pages = pages(log(file));
        assertThat(pages).hasSizeGreaterThan(100).containsKey(1);
    }

    @Test
    void anyPartOfACheckpointMayBeMissing() throws IOException {
        int copied = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (Map.Entry<Integer, byte[]> page : pages.entrySet()) {
                // As SQLite does: in their order, the first one with the size that the file is going to have.
                channel.write(ByteBuffer.wrap(page.getValue()), (page.getKey() - 1) * (long) Connections.PAGE_SIZE);
                if (copied++ % 25 == 0) {
                    assertEverythingIsThere();
                }
            }
        }
        assertEverythingIsThere();
    }

    private void assertEverythingIsThere() throws IOException {
        Path copy = Files.createTempDirectory(directory, "copy").resolve("http.db");
        Files.copy(file, copy);
        Files.copy(log(file), log(copy));
        try (SqliteCacheStore store = SqliteCacheStore.newBuilder(copy).open()) {
            for (int i = 0; i < ENTRIES; i++) {
                assertThat(store.get(key("" + i), soon())).isEqualTo(entryOf(10_000 + i));
            }
        }
        assertThat(copy.resolveSibling("http.db.corrupt-1")).doesNotExist();
    }

    private static Path log(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    /** Returns the last state of each page in the log, by its number, from the log's file format. */
    private static Map<Integer, byte[]> pages(Path log) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(log));
        long salts = in.getLong(16);
        Map<Integer, byte[]> pages = new TreeMap<>();
        for (int at = WAL_HEADER; at < in.limit(); at += FRAME_HEADER + Connections.PAGE_SIZE) {
            if (in.getLong(at + 8) == salts) {
                byte[] page = new byte[Connections.PAGE_SIZE];
                in.get(at + FRAME_HEADER, page);
                pages.put(in.getInt(at), page);
            }
        }
        return pages;
    }
}
