package dev.larder.perf.limits;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Lookups of keys at random, all of which are there. */
final class Gets {
    private final StoreFiles files;
    private final Rows rows;
    private final int count;
    private final SplittableRandom random = new SplittableRandom(7);

    /** @param count how many rows the file holds */
    Gets(StoreFiles files, Rows rows, int count) {
        this.files = files;
        this.rows = rows;
        this.count = count;
    }

    /** Returns the store's side of single lookups. */
    Side ours(int callers) {
        return ours(this::openStore, callers);
    }

    /** Returns the store's side where something will have to go soon, so that it matters who was used when. */
    Side oursNearBound(int callers) {
        return ours(() -> StoreFiles.openNearBound(files.filled(count), count), callers);
    }

    private Side ours(Side.Opening<CacheStore> opening, int callers) {
        return Side.of(opening, (store, operations) -> {
            CacheKey[][] keys = keys(callers, operations);
            return () -> Crew.run(callers, operations, caller -> get(store, keys[caller]));
        });
    }

    /** Returns raw JDBC's side of single lookups: a connection for each caller. */
    Side floor(int callers) {
        return Side.of(() -> RawReaders.open(callers, files.filled(count), rows), (readers, operations) -> {
            CacheKey[][] keys = keys(callers, operations);
            return () -> Crew.run(callers, operations, caller -> get(readers.of(caller), keys[caller]));
        });
    }

    /** Returns the store's side of lookups of so many keys at once. */
    Side ourBatches(int size) {
        return Side.of(this::openStore, (store, operations) -> {
            List<Set<CacheKey>> batches = batches(operations, size);
            return () -> Crew.run(1, operations, caller -> getAll(store, batches));
        });
    }

    /** Returns raw JDBC's side of lookups of so many keys at once: a transaction for each batch. */
    Side floorBatches(int size) {
        return Side.of(() -> RawSqlite.openReader(files.filled(count), rows), (reader, operations) -> {
            List<Set<CacheKey>> batches = batches(operations, size);
            return () -> Crew.run(1, operations, caller -> getAll(reader, batches));
        });
    }

    private CacheStore openStore() throws Exception {
        return StoreFiles.openCommitted(files.filled(count));
    }

    private CacheKey[][] keys(int callers, long operations) {
        return Rows.randomKeys(callers, Math.toIntExact(operations / callers), count, random);
    }

    private List<Set<CacheKey>> batches(long operations, int size) {
        List<Set<CacheKey>> batches = new ArrayList<>();
        for (long i = 0; i < operations; i++) {
            Set<CacheKey> batch = new LinkedHashSet<>();
            while (batch.size() < size) {
                batch.add(Rows.key(random.nextInt(count)));
            }
            batches.add(batch);
        }
        return batches;
    }

    private long get(CacheStore store, CacheKey[] keys) {
        long wrong = 0;
        for (CacheKey key : keys) {
            if (!rows.isRight(key, store.get(key, Deadline.never()))) {
                wrong++;
            }
        }
        return wrong;
    }

    private static long get(RawSqlite reader, CacheKey[] keys) throws SQLException {
        long wrong = 0;
        for (CacheKey key : keys) {
            if (!reader.find(key)) {
                wrong++;
            }
        }
        return wrong;
    }

    private long getAll(CacheStore store, List<Set<CacheKey>> batches) {
        long wrong = 0;
        for (Set<CacheKey> batch : batches) {
            Map<CacheKey, CacheEntry> found = store.getAll(batch, Deadline.never());
            for (CacheKey key : batch) {
                if (!rows.isRight(key, found.get(key))) {
                    wrong++;
                }
            }
        }
        return wrong;
    }

    private static long getAll(RawSqlite reader, List<Set<CacheKey>> batches) throws SQLException {
        long wrong = 0;
        for (Set<CacheKey> batch : batches) {
            reader.begin();
            for (CacheKey key : batch) {
                if (!reader.find(key)) {
                    wrong++;
                }
            }
            reader.commit();
        }
        return wrong;
    }
}
