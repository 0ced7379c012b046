package dev.larder.perf.suite;

import dev.larder.cache.CacheEntry;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the load, {@value #DATA} bytes each beside {@value #METADATA} of metadata. All of an entry follows
 * from its number and its version, and both stand in its metadata, so that whoever reads it can tell whether it is right.
 */
public final class Entries {
    /** The bytes of data in each. */
    public static final int DATA = 1024;

    /** The bytes of metadata in each. */
    public static final int METADATA = 96;

    private static final Instant STORED_AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant DELETE_AT = Instant.parse("2100-01-01T00:00:00Z");

    private Entries() {}

    /** Returns the entry of this number and version. */
    public static CacheEntry of(long number, long version) {
        long seed = SplitMix.at(number, version);
        byte[] metadata = SplitMix.bytes(~seed, METADATA);
        ByteBuffer.wrap(metadata).putLong(number).putLong(version);
        return CacheEntry.newBuilder()
                .metadata(metadata)
                .data(SplitMix.bytes(seed, DATA))
                .storedAt(STORED_AT)
                // Different ones, as entries have that were made one after another.
                .deleteAt(DELETE_AT.plusMillis(version))
                .build();
    }

    /** Returns what is wrong with {@code entry}, which was kept under this number; null if nothing is. */
    public static @Nullable String fault(long number, CacheEntry entry) {
        if (entry.metadata().length != METADATA) {
            return "an entry with " + entry.metadata().length + " bytes of metadata";
        }
        ByteBuffer metadata = ByteBuffer.wrap(entry.metadata());
        if (metadata.getLong() != number) {
            return "the entry of another key";
        }
        return entry.equals(of(number, metadata.getLong())) ? null : "an entry that is not what was put";
    }
}
