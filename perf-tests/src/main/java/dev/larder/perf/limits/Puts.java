package dev.larder.perf.limits;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts of keys that are new. Each side has a file of its own, and both files hold the same rows before, and the same
 * ones after each repetition. Some of what was put is read back when it has been measured.
 */
final class Puts {
    private static final String WRITER = "larder-sqlite-writer";

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
        GrowingFile file = new GrowingFile(files, count);
        return Side.of(() -> StoreFiles.openCommitted(file.path()), (store, operations) -> {
            CacheKey[][] keys = file.newKeys(callers, operations / callers);
            return () -> checked(
                    store,
                    keys,
                    withWriter(() -> Crew.run(callers, operations, caller -> {
                        put(store, keys[caller]);
                        return 0;
                    })));
        });
    }

    /** Returns the store's side: callers that do not wait, and a flush by the last of them. */
    Side oursBehind(int callers) {
        GrowingFile file = new GrowingFile(files, count);
        return Side.of(() -> StoreFiles.openBehind(file.path()), (store, operations) -> {
            CacheKey[][] keys = file.newKeys(callers, operations / callers);
            return () -> {
                long began = System.nanoTime();
                Crew.run(callers, operations, caller -> {
                    put(store, keys[caller]);
                    return 0;
                });
                store.flush(Deadline.never());
                return checked(store, keys, Sample.timed(operations, System.nanoTime() - began));
            };
        });
    }

    /** Returns the store's side: one caller that puts so many at once, and waits for their commit. */
    Side ourBatches(int size) {
        GrowingFile file = new GrowingFile(files, count);
        return Side.of(() -> StoreFiles.openCommitted(file.path()), (store, operations) -> {
            CacheKey[][] keys = file.newKeys(1, operations * size);
            List<Map<CacheKey, CacheEntry>> batches = batches(keys[0], size);
            return () -> checked(store, keys, Crew.run(1, operations, caller -> {
                for (Map<CacheKey, CacheEntry> batch : batches) {
                    store.putAll(batch, Deadline.never());
                }
                return 0;
            }));
        });
    }

    /**
     * Returns raw JDBC's side: one thread that commits so many puts at a time.
     *
     * @param group how many puts make a transaction
     */
    Side floor(int group) {
        return floor(group, 1, false);
    }

    /** Returns what {@link #floor} does, and that everything is on the disk at the end, as after a flush. */
    Side flushedFloor(int group) {
        return floor(group, 1, true);
    }

    /** Returns what {@link #floor} does, where each transaction counts as one operation. */
    Side floorBatches(int size) {
        return floor(size, size, false);
    }

    private Side floor(int group, int size, boolean flushed) {
        GrowingFile file = new GrowingFile(files, count);
        return Side.of(() -> RawSqlite.openWriter(file.path(), rows), (writer, operations) -> {
            CacheKey[] keys = file.newKeys(1, operations * size)[0];
            return () -> checked(writer, keys, Crew.run(1, operations, caller -> {
                put(writer, keys, group);
                if (flushed) {
                    writer.checkpoint();
                }
                return 0;
            }));
        });
    }

    private void put(CacheStore store, CacheKey[] keys) {
        for (CacheKey key : keys) {
            store.put(key, rows.entry(key), Deadline.never());
        }
    }

    private static void put(RawSqlite writer, CacheKey[] keys, int group) throws Exception {
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

    /** Adds what the store's writer allocates meanwhile. */
    private static Sample withWriter(Side.Work work) throws Exception {
        long before = Allocation.ofThreads(WRITER);
        Sample sample = work.run();
        return sample.withBytesAllocated(Allocation.ofThreads(WRITER) - before);
    }

    private Sample checked(CacheStore store, CacheKey[][] keys, Sample sample) {
        for (CacheKey[] own : keys) {
            for (int i = 0; i < own.length; i += CHECKED) {
                check(rows.isRight(own[i], store.get(own[i], Deadline.never())), own[i]);
            }
        }
        return sample;
    }

    private static Sample checked(RawSqlite writer, CacheKey[] keys, Sample sample) throws Exception {
        for (int i = 0; i < keys.length; i += CHECKED) {
            check(writer.find(keys[i]), keys[i]);
        }
        return sample;
    }

    private static void check(boolean right, CacheKey key) {
        if (!right) {
            throw new LimitsException("what was put under " + key + " is missing or wrong");
        }
    }
}
