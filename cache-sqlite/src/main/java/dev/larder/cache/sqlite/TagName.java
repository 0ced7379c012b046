package dev.larder.cache.sqlite;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Tags as bytes: UTF-8, so that they are compared exactly and a zero in them does no harm. */
final class TagName {
    // No UTF-8 begins with it, so nothing is found under it.
    private static final byte[] NO_TEXT = {(byte) 0xff};

    private TagName() {}

    /** Returns the bytes of a tag; those of no tag at all for what is no Unicode text, which no entry can carry. */
    static byte[] encode(String tag) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(tag));
            byte[] bytes = new byte[utf8.remaining()];
            utf8.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            return NO_TEXT;
        }
    }

    static String decode(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
