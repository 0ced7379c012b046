package dev.larder.transport;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.net.http.HttpClient;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an entry: a stored response without its body, as bytes.
 *
 * <pre>
 *   int     CRC-32C over everything behind it and over the body
 *   byte    format, 1
 *   byte[32] key
 *   short   status        byte version (1 or 2)
 *   long    received at, seconds    int nanoseconds
 *   long    age at receipt, seconds
 *   int     length of the body
 *   texts   vary          byte[32] variant
 *   int     number of fields, then for each: text name, texts values
 * </pre>
 *
 * <p>Texts and byte strings are preceded by their length as an int, lists by their size as an int. Whatever cannot be
 * read is no response: another format, a wrong checksum, another key.
 */
final class StoredResponseCodec {
    private static final byte FORMAT = 1;
    private static final int TYPICAL_BYTES = 512;

    private StoredResponseCodec() {}

    static byte[] encode(StoredResponse response) {
        StoredResponse.Head head = response.head();
        FormWriter out = new FormWriter(TYPICAL_BYTES);
        out.writeInt(0);
        out.writeByte(FORMAT);
        out.write(response.key().bytes());
        out.writeShort(head.status());
        out.writeByte(head.version() == HttpClient.Version.HTTP_1_1 ? 1 : 2);
        Instant receivedAt = head.receivedAt();
        out.writeLong(receivedAt.getEpochSecond());
        out.writeInt(receivedAt.getNano());
        out.writeLong(head.ageAtReceipt().toSeconds());
        out.writeInt(response.data().length);
        writeTexts(out, head.varyNames());
        out.write(head.variant().bytes());
        Map<String, List<String>> fields = head.fields().map();
        out.writeInt(fields.size());
        fields.forEach((name, values) -> {
            out.writeText(name);
            writeTexts(out, values);
        });
        byte[] metadata = Arrays.copyOf(out.array(), out.length());
        ByteBuffer.wrap(metadata).putInt(0, checksum(metadata, response.data()));
        return metadata;
    }

    /** Returns the response that {@code entry} holds, or null if it holds none of {@code key}. */
    static @Nullable StoredResponse decode(CacheKey key, CacheEntry entry) {
        byte[] metadata = entry.metadata();
        byte[] data = entry.data();
        ByteBuffer in = ByteBuffer.wrap(metadata);
        try {
            if (in.getInt() != checksum(metadata, data) || in.get() != FORMAT || !key.matches(readKey(in))) {
                return null;
            }
            int status = in.getShort();
            HttpClient.Version version = in.get() == 1 ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2;
            Instant receivedAt = Instant.ofEpochSecond(in.getLong(), in.getInt());
            Duration age = Duration.ofSeconds(in.getLong());
            if (in.getInt() != data.length) {
                return null;
            }
            List<String> varyNames = readTexts(in);
            CacheKey variant = CacheKey.of(readKey(in));
            int from = in.position();
            checkFields(in);
            return new StoredResponse(
                    key,
                    new StoredResponse.Head(
                            status,
                            version,
                            new Fields(
                                    () -> readFields(ByteBuffer.wrap(metadata).position(from))),
                            receivedAt,
                            age,
                            varyNames,
                            variant),
                    data,
                    entry.deleteAt());
        } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
            // The checksum held, so this was written by something else that speaks nearly the same form.
            return null;
        }
    }

    private static int checksum(byte[] metadata, byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(metadata, Integer.BYTES, metadata.length - Integer.BYTES);
        crc.update(data);
        return (int) crc.getValue();
    }

    private static byte[] readKey(ByteBuffer in) {
        byte[] key = new byte[CacheKey.LENGTH];
        in.get(key);
        return key;
    }

    private static void writeTexts(FormWriter out, List<String> texts) {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeText(text);
        }
    }

    private static List<String> readTexts(ByteBuffer in) {
        int count = in.getInt();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(readText(in));
        }
        return texts;
    }

    private static String readText(ByteBuffer in) {
        int length = in.getInt();
        String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    /** Passes over all fields, so that they can be read later without a failure. */
    private static void checkFields(ByteBuffer in) {
        int count = in.getInt();
        for (int i = 0; i < count; i++) {
            skipText(in, 1);
            int values = in.getInt();
            for (int n = 0; n < values; n++) {
                skipText(in, 0);
            }
        }
    }

    private static void skipText(ByteBuffer in, int minimum) {
        int length = in.getInt();
        if (length < minimum) {
            throw new IllegalArgumentException("a text of " + length + " bytes");
        }
        in.position(Math.addExact(in.position(), length));
    }

    private static Map<String, List<String>> readFields(ByteBuffer in) {
        int count = in.getInt();
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < count; i++) {
            String name = readText(in);
            fields.put(name, readTexts(in));
        }
        return fields;
    }
}
