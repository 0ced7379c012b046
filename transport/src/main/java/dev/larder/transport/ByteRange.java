package dev.larder.transport;

import org.jspecify.annotations.Nullable;

/**
 * Some bytes of a representation (RFC 9110 §14.1.2).
 *
 * @param first the offset of the first one
 * @param last the offset of the last one, not less
 */
record ByteRange(long first, long last) {
    /** Returns the number of bytes. */
    long length() {
        return last - first + 1;
    }

    /** Returns whether all bytes of {@code other} are among these. */
    boolean contains(ByteRange other) {
        return first <= other.first && other.last <= last;
    }

    /** Returns whether no more than {@code gap} bytes lie between this and {@code other}. */
    boolean isWithin(long gap, ByteRange other) {
        return other.first - last <= gap + 1 && first - other.last <= gap + 1;
    }

    /** Returns what is left without the bytes of {@code other}; null if that is nothing, or is on both sides of it. */
    @Nullable
    ByteRange without(ByteRange other) {
        if (other.last < first || other.first > last) {
            return this;
        }
        if (first < other.first) {
            return last > other.last ? null : new ByteRange(first, other.first - 1);
        }
        return last > other.last ? new ByteRange(other.last + 1, last) : null;
    }

    /** Returns the range from the first to the last byte of both. */
    ByteRange span(ByteRange other) {
        return new ByteRange(Math.min(first, other.first), Math.max(last, other.last));
    }
}
