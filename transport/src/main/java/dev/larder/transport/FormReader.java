package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what {@link FormWriter} has put together, from where it is: every hit does, so nothing is copied that nobody
 * asks for. For one thread. Whatever would go beyond the end is an {@link IndexOutOfBoundsException}.
 */
final class FormReader {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private int position;

    FormReader(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    /** Returns where the next read begins. */
    int position() {
        return position;
    }

    byte readByte() {
        return bytes[position++];
    }

    short readShort() {
        short value = (short) SHORT.get(bytes, position);
        position += Short.BYTES;
        return value;
    }

    int readInt() {
        int value = (int) INT.get(bytes, position);
        position += Integer.BYTES;
        return value;
    }

    long readLong() {
        long value = (long) LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    CacheKey readKey() {
        int from = position;
        skip(CacheKey.LENGTH);
        byte[] key = new byte[CacheKey.LENGTH];
        System.arraycopy(bytes, from, key, 0, key.length);
        return CacheKey.of(key);
    }

    /** Passes over a key and returns whether it is this one. */
    boolean skipKey(CacheKey key) {
        int from = position;
        skip(CacheKey.LENGTH);
        return key.matches(bytes, from);
    }

    String readText() {
        int length = readInt();
        int from = position;
        skip(length);
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    List<String> readTexts() {
        int count = readInt();
        if (count == 0) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(readText());
        }
        return texts;
    }

    /** Passes over a text, which has so many bytes at least. */
    void skipText(int minimum) {
        int length = readInt();
        if (length < minimum) {
            throw new IndexOutOfBoundsException("a text of " + length + " bytes");
        }
        skip(length);
    }

    void skip(int count) {
        if (count < 0 || count > bytes.length - position) {
            throw new IndexOutOfBoundsException(count + " bytes of " + (bytes.length - position));
        }
        position += count;
    }
}
