package dev.larder.cache.sqlite;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The bytes by which a tag is written and compared: its UTF-8. A tag that is no well-formed text has none, and is
 * written as a byte that never begins UTF-8 and then its UTF-16 units, so that no two tags ever meet.
 */
final class TagName {
    private static final byte UNITS = (byte) 0xff;

    private TagName() {}

    static byte[] encode(String tag) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(tag));
            byte[] bytes = new byte[utf8.remaining()];
            utf8.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            ByteBuffer units =
                    ByteBuffer.allocate(1 + Character.BYTES * tag.length()).put(UNITS);
            tag.chars().forEach(unit -> units.putChar((char) unit));
            return units.array();
        }
    }

    static String decode(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != UNITS) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        CharBuffer units = ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice().asCharBuffer();
        return units.toString();
    }
}
