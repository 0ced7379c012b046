package dev.larder.perf.before;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An entry as the columns of its row.
 *
 * @param tags the UTF-8 of each tag in hexadecimal digits, with a comma before and after each; empty if there is none.
 *     So one is found in the text whatever is in it
 * @param checksum CRC-32C over the other columns
 */
record StoredEntry(
        byte[] key,
        byte[] metadata,
        byte[] data,
        long storedSeconds,
        int storedNanos,
        long deleteSeconds,
        int deleteNanos,
        String tags,
        int checksum) {
    private static final String SEPARATOR = ",";

    static StoredEntry of(CacheKey key, CacheEntry entry) {
        byte[] keyBytes = key.bytes();
        Instant storedAt = entry.storedAt();
        Instant deleteAt = entry.deleteAt();
        String tags = entry.tags().isEmpty()
                ? ""
                : entry.tags().stream()
                        .map(StoredEntry::hex)
                        .collect(Collectors.joining(SEPARATOR, SEPARATOR, SEPARATOR));
        return new StoredEntry(
                keyBytes,
                entry.metadata(),
                entry.data(),
                storedAt.getEpochSecond(),
                storedAt.getNano(),
                deleteAt.getEpochSecond(),
                deleteAt.getNano(),
                tags,
                sum(keyBytes, entry, tags));
    }

    /** Returns what stands in {@link #tags} if the entry has this tag, and only then. */
    static String written(String tag) {
        return SEPARATOR + hex(tag) + SEPARATOR;
    }

    private static String hex(String tag) {
        return HexFormat.of().formatHex(tag.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the entry, or null if the row is damaged. */
    @Nullable
    CacheEntry decode() {
        try {
            CacheEntry entry = CacheEntry.newBuilder()
                    .metadata(metadata)
                    .data(data)
                    .storedAt(Instant.ofEpochSecond(storedSeconds, storedNanos))
                    .deleteAt(Instant.ofEpochSecond(deleteSeconds, deleteNanos))
                    .tags(tagNames())
                    .build();
            return sum(key, entry, tags) == checksum ? entry : null;
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            return null;
        }
    }

    private List<String> tagNames() {
        if (tags.isEmpty()) {
            return List.of();
        }
        return Arrays.stream(tags.substring(1).split(SEPARATOR, -1))
                .filter(hex -> !hex.isEmpty())
                .map(hex -> new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8))
                .toList();
    }

    private static int sum(byte[] key, CacheEntry entry, String tags) {
        Instant storedAt = entry.storedAt();
        Instant deleteAt = entry.deleteAt();
        CRC32C crc = new CRC32C();
        crc.update(key);
        crc.update(entry.metadata());
        crc.update(entry.data());
        crc.update(tags.getBytes(StandardCharsets.US_ASCII));
        crc.update(ByteBuffer.allocate(2 * (Long.BYTES + Integer.BYTES))
                .putLong(storedAt.getEpochSecond())
                .putInt(storedAt.getNano())
                .putLong(deleteAt.getEpochSecond())
                .putInt(deleteAt.getNano())
                .flip());
        return (int) crc.getValue();
    }
}
