package dev.larder.cache.sqlite;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.sqlite.SqliteCacheStore.Compression;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the header that stands beside an entry's data.
 *
 * <pre>
 * offset  0  1 byte    version: 1, or 2 if the data is compressed with Zstandard
 *         1  4 bytes   CRC-32C over the version if it is not 1, the key, the header from offset 5 on, and the data
 *         5  12 bytes  storedAt: seconds since 1970 (8), nanoseconds (4)
 *        17  12 bytes  deleteAt, likewise
 *        29  4 bytes   how many tags; each is its length (4) and its {@linkplain TagName bytes}
 *            4 bytes   if compressed, the length of the data before
 *            the rest  metadata
 * </pre>
 *
 * <p>Numbers are big-endian. What does not read back exactly, or whose checksum differs, is corrupt.
 */
final class EntryCodec {
    private static final byte PLAIN = 1;
    private static final byte COMPRESSED = 2;
    private static final int CHECKED_FROM = 1 + Integer.BYTES;
    private static final int FIXED = CHECKED_FROM + 2 * (Long.BYTES + Integer.BYTES) + Integer.BYTES;

    /** What a row costs beside header and data: key, other columns, and three index entries. */
    private static final int ROW_OVERHEAD = 128;
    /** What a tag costs beside its name, which stands in the header, the table and nowhere else. */
    private static final int TAG_OVERHEAD = 32;

    private EntryCodec() {}

    static EntryRow encode(CacheKey key, CacheEntry entry, long usedAt, Compression compression) {
        byte[] data = Compressor.compress(entry.data(), compression);
        boolean isCompressed = data != entry.data();
        List<byte[]> tags = tags(entry);
        int tagBytes = tagBytes(tags);
        byte[] keyBytes = key.bytes();
        int lengthBytes = isCompressed ? Integer.BYTES : 0;
        byte[] header = new byte[Math.addExact(FIXED + tagBytes + lengthBytes, entry.metadata().length)];
        ByteBuffer out = ByteBuffer.wrap(header).position(CHECKED_FROM);
        putInstant(out, entry.storedAt());
        putInstant(out, entry.deleteAt());
        out.putInt(tags.size());
        for (byte[] tag : tags) {
            out.putInt(tag.length).put(tag);
        }
        if (isCompressed) {
            out.putInt(entry.data().length);
        }
        out.put(entry.metadata());
        header[0] = isCompressed ? COMPRESSED : PLAIN;
        out.putInt(1, checksum(keyBytes, header, data));
        return row(key, entry, usedAt, header, data, tags);
    }

    /** Returns what was found in a damaged file as the writer binds it, if it is whole. */
    static EntryRow restore(StoredRow row, long usedAt) throws CorruptEntryException {
        CacheEntry entry = decode(row);
        return row(CacheKey.of(row.key()), entry, usedAt, row.header(), row.data(), tags(entry));
    }

    private static EntryRow row(
            CacheKey key, CacheEntry entry, long usedAt, byte[] header, byte[] data, List<byte[]> tags) {
        long size =
                (long) ROW_OVERHEAD + header.length + data.length + tagBytes(tags) + (long) TAG_OVERHEAD * tags.size();
        byte[] keyBytes = key.bytes();
        return new EntryRow(
                key, keyBytes, rest(keyBytes), Times.millisUp(entry.deleteAt()), usedAt, size, header, data, tags);
    }

    private static List<byte[]> tags(CacheEntry entry) {
        List<byte[]> tags = new ArrayList<>(entry.tags().size());
        for (String tag : entry.tags()) {
            tags.add(TagName.encode(tag));
        }
        return tags;
    }

    private static int tagBytes(List<byte[]> tags) {
        int bytes = 0;
        for (byte[] tag : tags) {
            bytes = Math.addExact(bytes, Integer.BYTES + tag.length);
        }
        return bytes;
    }

    /** Returns the entry, or null if the row holds a sound one of another key that shares its prefix. */
    static @Nullable CacheEntry decode(CacheKey key, StoredRow row) throws CorruptEntryException {
        CacheEntry entry = decode(row);
        return key.matches(row.key()) ? entry : null;
    }

    static CacheEntry decode(StoredRow row) throws CorruptEntryException {
        byte[] header = row.header();
        if (row.key().length != CacheKey.LENGTH
                || header.length < FIXED
                || (header[0] != PLAIN && header[0] != COMPRESSED)) {
            throw new CorruptEntryException();
        }
        ByteBuffer in = ByteBuffer.wrap(header).position(1);
        if (in.getInt() != checksum(row.key(), header, row.data())) {
            throw new CorruptEntryException();
        }
        try {
            CacheEntry.Builder entry = CacheEntry.newBuilder();
            entry.storedAt(getInstant(in)).deleteAt(getInstant(in));
            int count = in.getInt();
            if (count > 0) {
                List<String> tags = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    tags.add(TagName.decode(getBytes(in, in.getInt())));
                }
                entry.tags(tags);
            }
            entry.data(header[0] == PLAIN ? row.data() : Compressor.decompress(row.data(), in.getInt()));
            return entry.metadata(getBytes(in, in.remaining())).build();
        } catch (BufferUnderflowException | DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new CorruptEntryException(e);
        }
    }

    /** Returns a number that differs wherever one byte after the prefix does, and nearly always wherever more do. */
    private static long rest(byte[] key) {
        ByteBuffer in = ByteBuffer.wrap(key).position(Long.BYTES);
        // Odd factors lose no bit; these are the fractions of the golden ratio and of the roots of 2 and 3.
        return in.getLong() * 0x9e3779b97f4a7c15L
                ^ in.getLong() * 0x6a09e667f3bcc909L
                ^ in.getLong() * 0xbb67ae8584caa73bL;
    }

    private static int checksum(byte[] key, byte[] header, byte[] data) {
        CRC32C crc = new CRC32C();
        if (header[0] != PLAIN) {
            crc.update(header[0]);
        }
        crc.update(key);
        crc.update(header, CHECKED_FROM, header.length - CHECKED_FROM);
        crc.update(data);
        return (int) crc.getValue();
    }

    private static void putInstant(ByteBuffer out, Instant instant) {
        out.putLong(instant.getEpochSecond()).putInt(instant.getNano());
    }

    private static Instant getInstant(ByteBuffer in) {
        return Instant.ofEpochSecond(in.getLong(), in.getInt());
    }

    private static byte[] getBytes(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
