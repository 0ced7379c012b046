package dev.larder.cache;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a store keeps under a key: two byte strings, how long they may be kept, and the tags they can be removed by.
 *
 * <p>Immutable. The arrays given to the builder and returned by the accessors are the entry's own and are not copied:
 * whoever builds an entry hands its arrays over, and nobody modifies them afterwards.
 */
public final class CacheEntry {
    private static final byte[] NO_BYTES = {};

    private final byte[] metadata;
    private final byte[] data;
    private final Instant storedAt;
    private final Instant deleteAt;
    private final Set<String> tags;

    private CacheEntry(byte[] metadata, byte[] data, Instant storedAt, Instant deleteAt, Set<String> tags) {
        this.metadata = metadata;
        this.data = data;
        this.storedAt = storedAt;
        this.deleteAt = deleteAt;
        this.tags = tags;
    }

    /** Returns a builder of an entry without bytes or tags that was stored now and is kept for ever. */
    public static Builder newBuilder() {
        return new Builder();
    }

    /** Returns what the owner of the entry notes about {@link #data}; empty if nothing. Not to be modified. */
    public byte[] metadata() {
        return metadata;
    }

    /** Returns the payload; empty if there is none. Not to be modified. */
    public byte[] data() {
        return data;
    }

    /** Returns when the entry was made. It has no effect on how long the entry is kept. */
    public Instant storedAt() {
        return storedAt;
    }

    /**
     * Returns the end of retention, exclusive: from this instant on the entry is never returned and may be erased.
     * {@link Instant#MAX} means that it ends only by removal or eviction.
     */
    public Instant deleteAt() {
        return deleteAt;
    }

    /** Returns the tags, none empty. Unmodifiable. */
    public Set<String> tags() {
        return tags;
    }

    /** Returns whether retention has ended at {@code now}. */
    public boolean isExpiredAt(Instant now) {
        return !now.isBefore(deleteAt);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheEntry that
                && storedAt.equals(that.storedAt)
                && deleteAt.equals(that.deleteAt)
                && tags.equals(that.tags)
                && Arrays.equals(metadata, that.metadata)
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(metadata), Arrays.hashCode(data), storedAt, deleteAt, tags);
    }

    /** Returns sizes, instants and tags, never content. */
    @Override
    public String toString() {
        return "CacheEntry[metadata=" + metadata.length + " bytes, data=" + data.length + " bytes, storedAt=" + storedAt
                + ", deleteAt=" + deleteAt + ", tags=" + tags + "]";
    }

    /** Builds an entry. Not for several threads. */
    public static final class Builder {
        private byte[] metadata = NO_BYTES;
        private byte[] data = NO_BYTES;
        private @Nullable Instant storedAt;
        private Instant deleteAt = Instant.MAX;
        private Set<String> tags = Set.of();

        private Builder() {}

        /** Sets the metadata; the array belongs to the entry from now on. */
        public Builder metadata(byte[] metadata) {
            this.metadata = Objects.requireNonNull(metadata, "metadata");
            return this;
        }

        /** Sets the payload; the array belongs to the entry from now on. */
        public Builder data(byte[] data) {
            this.data = Objects.requireNonNull(data, "data");
            return this;
        }

        /** Sets when the entry was made. Without it, {@link #build} takes the system clock's now. */
        public Builder storedAt(Instant storedAt) {
            this.storedAt = Objects.requireNonNull(storedAt, "storedAt");
            return this;
        }

        /** Sets the exclusive end of retention. Without it the entry is kept until it is removed or evicted. */
        public Builder deleteAt(Instant deleteAt) {
            this.deleteAt = Objects.requireNonNull(deleteAt, "deleteAt");
            return this;
        }

        /**
         * Sets the tags in place of earlier ones.
         *
         * @throws IllegalArgumentException if one is empty or no Unicode text (with half a surrogate pair)
         */
        public Builder tags(Collection<String> tags) {
            Set<String> copy = Set.copyOf(tags);
            for (String tag : copy) {
                if (tag.isEmpty()) {
                    throw new IllegalArgumentException("a tag must not be empty");
                }
                if (!StandardCharsets.UTF_8.newEncoder().canEncode(tag)) {
                    throw new IllegalArgumentException("a tag must be Unicode text, without half a surrogate pair");
                }
            }
            this.tags = copy;
            return this;
        }

        /**
         * Adds one tag.
         *
         * @throws IllegalArgumentException as {@link #tags}
         */
        public Builder tag(String tag) {
            Set<String> more = new LinkedHashSet<>(tags);
            more.add(tag);
            return tags(more);
        }

        /** Returns the entry. */
        public CacheEntry build() {
            Instant made = storedAt == null ? InstantSource.system().instant() : storedAt;
            return new CacheEntry(metadata, data, made, deleteAt, tags);
        }
    }
}
