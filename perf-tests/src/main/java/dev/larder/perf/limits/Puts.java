package dev.larder.perf.limits;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Puts of keys that are new. Each side has a file of its own, and both files hold the same rows before, and the same
 * ones after each repetition. Some of what was put is read back when it has been measured.
 *
 * <p>The time ends when everything is in the file and on the disk: a side that leaves its log to be copied later would
 * not pay for it.
 */
final class Puts {
    /** How the names of the threads begin that write for the store. */
    private static final String WRITER = "larder-sqlite-";

    /** Of so many keys, one is read back. */
    private static final int CHECKED = 256;

    private final StoreFiles files;
    private final Rows rows;
    private final int count;

    /** @param count how many rows a file holds at first */
    Puts(StoreFiles files, Rows rows, int count) {
        this.files = files;
        this.rows = rows;
        this.count = count;
    }

    /** Returns the store's side: callers that each wait for the commit of one put after another. */
    Side oursCommitted(int callers) {
        return ours(StoreFiles::openCommitted, callers);
    }

    /** Returns the store's side: callers that do not wait. */
    Side oursBehind(int callers) {
        return ours(StoreFiles::openBehind, callers);
    }

    private Side ours(Function<Path, CacheStore> opening, int callers) {
        GrowingFile file = new GrowingFile(files, count);
        return Side.of(() -> opening.apply(file.path()), (store, operations) -> {
            CacheKey[][] keys = file.newKeys(callers, operations / callers);
            return () -> {
                long allocated = Allocation.ofThreads(WRITER);
                Sample sample = Crew.run(callers, operations, caller -> {
                    put(store, keys[caller]);
                    return 0;
                });
                sample = flushed(store, sample).plusAllocated(Allocation.ofThreads(WRITER) - allocated);
                check(store, keys);
                return sample;
            };
        });
    }

    /** Returns the store's side: one caller that puts so many at once, and waits for their commit. */
    Side ourBatches(int size) {
        GrowingFile file = new GrowingFile(files, count);
        return Side.of(() -> StoreFiles.openCommitted(file.path()), (store, operations) -> {
            CacheKey[][] keys = file.newKeys(1, operations * size);
            List<Map<CacheKey, CacheEntry>> batches = batches(keys[0], size);
            return () -> {
                Sample sample = Crew.run(1, operations, caller -> {
                    for (Map<CacheKey, CacheEntry> batch : batches) {
                        store.putAll(batch, Deadline.never());
                    }
                    return 0;
                });
                sample = flushed(store, sample);
                check(store, keys);
                return sample;
            };
        });
    }

    /** Returns raw JDBC's side: one thread that commits so many puts at a time. */
    Side floor(int group) {
        return floor(group, 1);
    }

    /** Returns what {@link #floor} does, where each transaction counts as one operation. */
    Side floorBatches(int size) {
        return floor(size, size);
    }

    private Side floor(int group, int size) {
        GrowingFile file = new GrowingFile(files, count);
        return Side.of(() -> RawSqlite.openWriter(file.path(), rows), (writer, operations) -> {
            CacheKey[] keys = file.newKeys(1, operations * size)[0];
            return () -> {
                Sample sample = Crew.run(1, operations, caller -> {
                    put(writer, keys, group);
                    writer.checkpoint();
                    return 0;
                });
                check(writer, keys);
                return sample;
            };
        });
    }

    /** Adds the time until everything is on the disk. */
    private static Sample flushed(CacheStore store, Sample sample) {
        long began = System.nanoTime();
        store.flush(Deadline.never());
        return sample.plusNanos(System.nanoTime() - began);
    }

    private void put(CacheStore store, CacheKey[] keys) {
        for (CacheKey key : keys) {
            store.put(key, rows.entry(key), Deadline.never());
        }
    }

    private static void put(RawSqlite writer, CacheKey[] keys, int group) throws SQLException {
        for (int from = 0; from < keys.length; from += group) {
            int to = Math.min(keys.length, from + group);
            writer.beginImmediate();
            for (int i = from; i < to; i++) {
                writer.put(keys[i]);
            }
            writer.commit();
        }
    }

    private List<Map<CacheKey, CacheEntry>> batches(CacheKey[] keys, int size) {
        List<Map<CacheKey, CacheEntry>> batches = new ArrayList<>();
        for (int from = 0; from < keys.length; from += size) {
            Map<CacheKey, CacheEntry> batch = new LinkedHashMap<>();
            for (int i = from; i < from + size; i++) {
                batch.put(keys[i], rows.entry(keys[i]));
            }
            batches.add(batch);
        }
        return batches;
    }

    private void check(CacheStore store, CacheKey[][] keys) {
        for (CacheKey[] own : keys) {
            for (int i = 0; i < own.length; i += CHECKED) {
                check(rows.isRight(own[i], store.get(own[i], Deadline.never())), own[i]);
            }
        }
    }

    private static void check(RawSqlite writer, CacheKey[] keys) throws SQLException {
        for (int i = 0; i < keys.length; i += CHECKED) {
            check(writer.find(keys[i]), keys[i]);
        }
    }

    private static void check(boolean right, CacheKey key) {
        if (!right) {
            throw new LimitsException("what was put under " + key + " is missing or wrong");
        }
    }
}
