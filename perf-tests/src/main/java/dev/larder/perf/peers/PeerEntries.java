package dev.larder.perf.peers;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Entries as bytes, the same for every peer: a sum (CRC-32C over the key and all that follows), {@code storedAt} and
 * {@code deleteAt} (seconds and nanoseconds), the tags (their number, and the length and UTF-8 of each), the length of the
 * metadata, the metadata, the data.
 */
final class PeerEntries {
    private static final int INSTANT = Long.BYTES + Integer.BYTES;
    // The sum, two instants, the number of tags, the length of the metadata.
    private static final int FIXED = Integer.BYTES + 2 * INSTANT + 2 * Integer.BYTES;

    private PeerEntries() {}

    static byte[] encode(CacheKey key, CacheEntry entry) {
        List<byte[]> tags = new ArrayList<>(entry.tags().size());
        int length = FIXED + entry.metadata().length + entry.data().length;
        for (String tag : entry.tags()) {
            byte[] bytes = tag.getBytes(StandardCharsets.UTF_8);
            tags.add(bytes);
            length += Integer.BYTES + bytes.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(length).putInt(0);
        put(buffer, entry.storedAt());
        put(buffer, entry.deleteAt());
        buffer.putInt(tags.size());
        for (byte[] tag : tags) {
            buffer.putInt(tag.length).put(tag);
        }
        buffer.putInt(entry.metadata().length).put(entry.metadata()).put(entry.data());
        return buffer.putInt(0, sum(key, buffer.array())).array();
    }

    /** Returns the entry that {@link #encode} made these bytes of under this key; null if they are anything else. */
    static @Nullable CacheEntry decode(CacheKey key, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            if (buffer.getInt() != sum(key, bytes)) {
                return null;
            }
            CacheEntry.Builder entry =
                    CacheEntry.newBuilder().storedAt(instant(buffer)).deleteAt(instant(buffer));
            int tags = buffer.getInt();
            if (tags > 0) {
                List<String> names = new ArrayList<>();
                for (int i = 0; i < tags; i++) {
                    names.add(new String(next(buffer, buffer.getInt()), StandardCharsets.UTF_8));
                }
                entry.tags(names);
            }
            return entry.metadata(next(buffer, buffer.getInt()))
                    .data(next(buffer, buffer.remaining()))
                    .build();
        } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    private static void put(ByteBuffer buffer, Instant instant) {
        buffer.putLong(instant.getEpochSecond()).putInt(instant.getNano());
    }

    private static Instant instant(ByteBuffer buffer) {
        return Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
    }

    private static byte[] next(ByteBuffer buffer, int length) {
        if (length < 0 || length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    private static int sum(CacheKey key, byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(key.bytes());
        crc.update(bytes, Integer.BYTES, Math.max(0, bytes.length - Integer.BYTES));
        return (int) crc.getValue();
    }
}
