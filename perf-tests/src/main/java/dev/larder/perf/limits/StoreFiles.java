package dev.larder.perf.limits;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** SQLite files that the store has made and filled, each once, when it is first asked for. */
final class StoreFiles {
    /** Far more than anything here puts, so that nothing is evicted. */
    private static final String MAX_BYTES = "256GiB";

    private static final int PUT_AT_ONCE = 1000;

    private final Path directory;
    private final Rows rows;
    private final Map<Integer, Path> filled = new HashMap<>();
    private final List<Path> copies = new ArrayList<>();
    private int copied;

    StoreFiles(Path directory, Rows rows) {
        this.directory = directory;
        this.rows = rows;
    }

    static CacheStore openCommitted(Path file) {
        return open(file, "&durability=committed");
    }

    static CacheStore openBehind(Path file) {
        return open(file, "&durability=behind");
    }

    /** Opens a store that may hold hardly more than the {@code entries} in its file. */
    static CacheStore openNearBound(Path file, int entries) {
        return open(file, "&maxEntries=" + (entries + entries / 16));
    }

    /** Opens a store that may hold no more than the {@code entries} in its file. */
    static CacheStore openFull(Path file, int entries) {
        return open(file, "&durability=committed&maxEntries=" + entries);
    }

    private static CacheStore open(Path file, String options) {
        return CacheStores.open("sqlite:" + StoreSpec.encode(file.toString()) + "?operationTimeout=60s&maxBytes="
                + MAX_BYTES + options);
    }

    /** Returns the file that holds the rows from 0 to {@code count}. Not to be put into. */
    Path filled(int count) throws IOException {
        Path file = filled.get(count);
        if (file == null) {
            file = directory.resolve("rows-" + count + ".db");
            fill(file, count);
            filled.put(count, file);
        }
        return file;
    }

    /** Returns a new file that holds the rows from 0 to {@code count}, to do anything with. */
    Path copy(int count) throws IOException {
        Path copy = directory.resolve("copy-" + ++copied + ".db");
        copies.add(copy);
        return Files.copy(filled(count), copy);
    }

    /** Erases all copies, which nobody may have open any more. */
    void eraseCopies() throws IOException {
        for (Path copy : copies) {
            for (String suffix : List.of("", "-wal", "-shm", ".lock")) {
                Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + suffix));
            }
        }
        copies.clear();
    }

    private void fill(Path file, int count) throws IOException {
        try (CacheStore store = openBehind(file)) {
            for (long next = 0; next < count; next += PUT_AT_ONCE) {
                Map<CacheKey, CacheEntry> entries = new LinkedHashMap<>();
                for (long i = next; i < Math.min(count, next + PUT_AT_ONCE); i++) {
                    CacheKey key = Rows.key(i);
                    entries.put(key, rows.entry(key));
                }
                store.putAll(entries, Deadline.never());
            }
            store.flush(Deadline.never());
            long found = store.stats().entries();
            if (found != count) {
                throw new LimitsException("a file for " + count + " rows holds " + found);
            }
        }
        Path wal = file.resolveSibling(file.getFileName() + "-wal");
        if (Files.exists(wal) && Files.size(wal) > 0) {
            throw new LimitsException("the store left its WAL behind, so the file is not the whole: " + file);
        }
    }
}
