package dev.larder.transport;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are put together in memory, numbers in network order. For one thread. */
final class FormWriter {
    private byte[] bytes;
    private int length;

    FormWriter(int capacity) {
        bytes = new byte[capacity];
    }

    void writeByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void writeShort(int value) {
        writeByte(value >> 8);
        writeByte(value);
    }

    void writeInt(int value) {
        reserve(Integer.BYTES);
        bytes[length++] = (byte) (value >> 24);
        bytes[length++] = (byte) (value >> 16);
        bytes[length++] = (byte) (value >> 8);
        bytes[length++] = (byte) value;
    }

    void writeLong(long value) {
        writeInt((int) (value >> 32));
        writeInt((int) value);
    }

    void write(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    /** Writes the text in UTF-8, its length in bytes before it. */
    void writeText(String text) {
        int start = length;
        writeInt(text.length());
        if (!writeAscii(text)) {
            length = start;
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            writeInt(encoded.length);
            write(encoded);
        }
    }

    /** Writes the text like {@link #writeText}, but for its length: that takes one byte if it is less than 255. */
    void writeBriefText(String text) {
        int start = length;
        writeBriefLength(text.length());
        if (!writeAscii(text)) {
            length = start;
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            writeBriefLength(encoded.length);
            write(encoded);
        }
    }

    private void writeBriefLength(int value) {
        if (value < 0xff) {
            writeByte(value);
        } else {
            writeByte(0xff);
            writeInt(value);
        }
    }

    /** Writes nothing and returns false unless it is ASCII: nearly everything in HTTP is, and takes no array then. */
    private boolean writeAscii(String text) {
        int count = text.length();
        reserve(count);
        byte[] to = bytes;
        int at = length;
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return false;
            }
            to[at + i] = (byte) c;
        }
        length = at + count;
        return true;
    }

    /** Forgets everything written, in memory too. */
    void clear() {
        Arrays.fill(bytes, 0, length, (byte) 0);
        length = 0;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), 2 * bytes.length));
        }
    }

    /** Returns the array written into, of which the first {@link #length} bytes count. */
    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }
}
