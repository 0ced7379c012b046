package dev.larder.perf.torture;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Keys and entries that follow from numbers: who owns the key, which of the owner's keys it is, and the version of its
 * entry. Every byte of an entry depends on all three, so that no mixture of two entries passes for one.
 */
final class Contents {
    /** In place of a version: there is no entry. */
    static final long ABSENT = -1;

    /** In place of a version: the entry is none that was ever put under its key. */
    static final long MALFORMED = -2;

    /** Tags that an owner's entries carry one of, or none. */
    static final int TAGS = 8;

    /** The tag that most of an owner's entries carry. */
    static final int COMMON_TAG = TAGS;

    private static final int METADATA_BYTES = 2 * Integer.BYTES + Long.BYTES;

    private Contents() {}

    static CacheKey key(int owner, int index) {
        return CacheKey.sha256(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(owner)
                .putInt(index)
                .array());
    }

    /** Returns version {@code version}, which is not negative, of the entry under {@link #key}. */
    static CacheEntry entry(int owner, int index, long version) {
        SplittableRandom random = random(owner, index, version);
        byte[] data = new byte[size(random)];
        random.nextBytes(data);
        return CacheEntry.newBuilder()
                .metadata(ByteBuffer.allocate(METADATA_BYTES)
                        .putInt(owner)
                        .putInt(index)
                        .putLong(version)
                        .array())
                .data(data)
                .storedAt(Instant.ofEpochSecond(version >>> Integer.SIZE, (int) version & 0xffff))
                .tags(tags(owner, index, version))
                .build();
    }

    /** Returns the version of what was found under {@link #key}, or {@link #ABSENT}, or {@link #MALFORMED}. */
    static long version(int owner, int index, @Nullable CacheEntry entry) {
        if (entry == null) {
            return ABSENT;
        }
        if (entry.metadata().length != METADATA_BYTES) {
            return MALFORMED;
        }
        long version = ByteBuffer.wrap(entry.metadata()).getLong(2 * Integer.BYTES);
        return version >= 0 && entry.equals(entry(owner, index, version)) ? version : MALFORMED;
    }

    /** Returns what a reader makes of a version. */
    static String text(long version) {
        return version == ABSENT ? "nothing" : version == MALFORMED ? "what was never put there" : "version " + version;
    }

    static String tag(int owner, int tag) {
        return tag == COMMON_TAG ? "owner " + owner : "owner " + owner + " tag " + tag;
    }

    /** Returns whether that version carries {@link #tag}. */
    static boolean carries(int index, long version, int tag) {
        int own = ownTag(index, version);
        return version >= 0 && own != 0 && (tag == COMMON_TAG || tag == own - 1);
    }

    /** Returns the bytes that an entry consists of, without tags. */
    static long size(int owner, int index, long version) {
        return (long) METADATA_BYTES + size(random(owner, index, version));
    }

    private static List<String> tags(int owner, int index, long version) {
        int own = ownTag(index, version);
        if (own == 0) {
            return List.of();
        }
        String common = tag(owner, COMMON_TAG);
        return own > TAGS ? List.of(common) : List.of(common, tag(owner, own - 1));
    }

    /** Returns 0 for no tag at all, 1 to {@link #TAGS} for that one and the common tag, more for the common tag only. */
    private static int ownTag(int index, long version) {
        return (int) Math.floorMod(index + version * 0x9e3779b97f4a7c15L, TAGS + 4L);
    }

    private static SplittableRandom random(int owner, int index, long version) {
        long place = ((long) owner << Integer.SIZE) + index;
        return new SplittableRandom(place * 0x9e3779b97f4a7c15L ^ version * 0x6a09e667f3bcc909L);
    }

    /** Mostly small, now and then as large as a page image or more, and sometimes nothing. */
    private static int size(SplittableRandom random) {
        int percent = random.nextInt(100);
        if (percent < 2) {
            return 0;
        }
        if (percent < 60) {
            return random.nextInt(1, 1_000);
        }
        if (percent < 90) {
            return random.nextInt(1_000, 8_000);
        }
        return percent < 99 ? random.nextInt(8_000, 64_000) : random.nextInt(64_000, 512_000);
    }
}
