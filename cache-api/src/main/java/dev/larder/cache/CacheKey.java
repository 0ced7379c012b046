package dev.larder.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names an entry: 256 bits, in practice a SHA-256 digest of whatever identifies the answer.
 *
 * <p>Keys are compared whole. Stores may index them by a part, because the bits of a digest are evenly spread; keys
 * made by {@link #of} from anything but a digest should be as well spread in their first 64 bits.
 */
public final class CacheKey {
    /** The length of a key in bytes. */
    public static final int LENGTH = 32;

    private static final VarHandle BIG_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    // Four longs instead of an array: no indirection when comparing, and nothing that a caller could modify.
    private final long word0;
    private final long word1;
    private final long word2;
    private final long word3;

    private CacheKey(byte[] bytes) {
        word0 = (long) BIG_ENDIAN_LONG.get(bytes, 0);
        word1 = (long) BIG_ENDIAN_LONG.get(bytes, 8);
        word2 = (long) BIG_ENDIAN_LONG.get(bytes, 16);
        word3 = (long) BIG_ENDIAN_LONG.get(bytes, 24);
    }

    /**
     * Returns the key with these bytes, which are copied.
     *
     * @throws IllegalArgumentException unless there are {@value #LENGTH}
     */
    public static CacheKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a cache key has " + LENGTH + " bytes, not " + bytes.length);
        }
        return new CacheKey(bytes);
    }

    /**
     * Returns the SHA-256 digest of {@code parts}.
     *
     * <p>Of one part it is the plain digest, as {@code sha256sum} prints it. Of several, each part is preceded by its
     * length as 8 big-endian bytes, so that ("ab", "c") and ("a", "bc") differ.
     *
     * @throws IllegalArgumentException if there is no part
     */
    public static CacheKey sha256(byte[]... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("a cache key is made from at least one part");
        }
        MessageDigest digest = newSha256();
        if (parts.length > 1) {
            byte[] length = new byte[Long.BYTES];
            for (byte[] part : parts) {
                BIG_ENDIAN_LONG.set(length, 0, (long) part.length);
                digest.update(length);
                digest.update(part);
            }
            return new CacheKey(digest.digest());
        }
        return new CacheKey(digest.digest(parts[0]));
    }

    /**
     * Returns the key written as {@code hex}, in either case.
     *
     * @throws IllegalArgumentException unless there are 64 hexadecimal digits
     */
    public static CacheKey parse(String hex) {
        if (hex.length() != 2 * LENGTH) {
            throw new IllegalArgumentException(
                    "a cache key is written with " + 2 * LENGTH + " hexadecimal digits, not " + hex.length());
        }
        try {
            return new CacheKey(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a cache key in hexadecimal digits: " + hex, e);
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Returns a new array with the {@value #LENGTH} bytes of this key. */
    public byte[] bytes() {
        byte[] bytes = new byte[LENGTH];
        BIG_ENDIAN_LONG.set(bytes, 0, word0);
        BIG_ENDIAN_LONG.set(bytes, 8, word1);
        BIG_ENDIAN_LONG.set(bytes, 16, word2);
        BIG_ENDIAN_LONG.set(bytes, 24, word3);
        return bytes;
    }

    /** Returns the first 8 bytes of this key as a big-endian number: what a store may index by. */
    public long prefix() {
        return word0;
    }

    /** Returns whether {@link #bytes()} equals {@code bytes}, without making an array. */
    public boolean matches(byte[] bytes) {
        return bytes.length == LENGTH && matches(bytes, 0);
    }

    /**
     * Returns whether {@link #bytes()} equals the {@value #LENGTH} bytes at {@code from} in {@code bytes}.
     *
     * @throws IndexOutOfBoundsException if there are not so many
     */
    public boolean matches(byte[] bytes, int from) {
        Objects.checkFromIndexSize(from, LENGTH, bytes.length);
        return word0 == (long) BIG_ENDIAN_LONG.get(bytes, from)
                && word1 == (long) BIG_ENDIAN_LONG.get(bytes, from + 8)
                && word2 == (long) BIG_ENDIAN_LONG.get(bytes, from + 16)
                && word3 == (long) BIG_ENDIAN_LONG.get(bytes, from + 24);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheKey that
                && word0 == that.word0
                && word1 == that.word1
                && word2 == that.word2
                && word3 == that.word3;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(word0);
    }

    /** Returns this key as 64 lower-case hexadecimal digits, which {@link #parse} reads. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
