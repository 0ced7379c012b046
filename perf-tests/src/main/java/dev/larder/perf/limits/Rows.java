package dev.larder.perf.limits;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What files are filled with: 1 KiB of random bytes, which nothing can compress, and some metadata, under keys that
 * are hashes. The key says which entry belongs to it, so whoever has read one can tell whether it is the right one.
 */
final class Rows {
    static final int DATA_BYTES = 1024;
    static final int METADATA_BYTES = 100;

    /** What the store writes before the metadata of an entry without tags. */
    private static final int HEADER_BYTES = 33;
    /** What the store counts for a row beside header and data. */
    private static final int ROW_BYTES = 128;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    // Instants instead of a clock: all that matters is that the end does not come.
    private static final Instant STORED_AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant DELETE_AT = Instant.parse("2126-01-01T00:00:00Z");

    private static final int VARIETY = 1024;

    private final CacheEntry[] entries = new CacheEntry[VARIETY];
    private final byte[][] headers = new byte[VARIETY][];

    Rows() {
        Random random = new Random(42);
        for (int i = 0; i < VARIETY; i++) {
            byte[] data = new byte[DATA_BYTES];
            random.nextBytes(data);
            byte[] metadata = new byte[METADATA_BYTES];
            random.nextBytes(metadata);
            entries[i] = CacheEntry.newBuilder()
                    .data(data)
                    .metadata(metadata)
                    .storedAt(STORED_AT)
                    .deleteAt(DELETE_AT)
                    .build();
            headers[i] = new byte[HEADER_BYTES + METADATA_BYTES];
            random.nextBytes(headers[i]);
        }
    }

    /** Returns the key of the row of this number. */
    static CacheKey key(long number) {
        return CacheKey.sha256(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    /** Returns keys of rows from 0 to {@code rows}, chosen at random, for each of so many callers. */
    static CacheKey[][] randomKeys(int callers, int each, int rows, RandomGenerator random) {
        CacheKey[][] keys = new CacheKey[callers][each];
        for (CacheKey[] own : keys) {
            for (int i = 0; i < each; i++) {
                own[i] = key(random.nextInt(rows));
            }
        }
        return keys;
    }

    /** Returns the keys of the rows from {@code first} on, dealt out to so many callers. */
    static CacheKey[][] keysFrom(long first, int callers, int each) {
        CacheKey[][] keys = new CacheKey[callers][each];
        for (int i = 0; i < each; i++) {
            for (int caller = 0; caller < callers; caller++) {
                keys[caller][i] = key(first + (long) i * callers + caller);
            }
        }
        return keys;
    }

    CacheEntry entry(CacheKey key) {
        return entries[index(key)];
    }

    /** Returns bytes as long as what the store writes beside the data of the entry. */
    byte[] header(CacheKey key) {
        return headers[index(key)];
    }

    static long deleteAtMillis() {
        return DELETE_AT.toEpochMilli();
    }

    /** Returns what the store counts for one of the entries. */
    static long size() {
        return ROW_BYTES + HEADER_BYTES + METADATA_BYTES + DATA_BYTES;
    }

    boolean isRight(CacheKey key, @Nullable CacheEntry entry) {
        return entry != null && entry.metadata().length == METADATA_BYTES && isRight(key, entry.data());
    }

    /** Looks at the length and the first bytes: cheap beside a call, and all it takes to notice another's. */
    boolean isRight(CacheKey key, byte @Nullable [] data) {
        return data != null
                && data.length == DATA_BYTES
                && (long) LONGS.get(data, 0) == (long) LONGS.get(entry(key).data(), 0);
    }

    static long secondWord(byte[] key) {
        return (long) LONGS.get(key, Long.BYTES);
    }

    private static int index(CacheKey key) {
        return (int) key.prefix() & (VARIETY - 1);
    }
}
