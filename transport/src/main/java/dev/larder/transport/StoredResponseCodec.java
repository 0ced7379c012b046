package dev.larder.transport;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private StoredResponseCodec() {}

    static byte[] encode(StoredResponse response) {
        StoredResponse.Head head = response.head();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
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
            Map<String, List<String>> fields = head.headers().map();
            out.writeInt(fields.size());
            for (Map.Entry<String, List<String>> field : fields.entrySet()) {
                writeText(out, field.getKey());
                writeTexts(out, field.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        byte[] metadata = bytes.toByteArray();
        ByteBuffer.wrap(metadata).putInt(0, checksum(metadata, response.data()));
        return metadata;
    }

    /** Returns the response that {@code entry} holds, or null if it holds none of {@code key}. */
    static @Nullable StoredResponse decode(CacheKey key, CacheEntry entry) {
        byte[] metadata = entry.metadata();
        byte[] data = entry.data();
        if (metadata.length < Integer.BYTES || ByteBuffer.wrap(metadata).getInt() != checksum(metadata, data)) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(
                new ByteArrayInputStream(metadata, Integer.BYTES, metadata.length - Integer.BYTES))) {
            if (in.readByte() != FORMAT || !key.matches(in.readNBytes(CacheKey.LENGTH))) {
                return null;
            }
            int status = in.readShort();
            HttpClient.Version version = in.readByte() == 1 ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2;
            Instant receivedAt = Instant.ofEpochSecond(in.readLong(), in.readInt());
            Duration age = Duration.ofSeconds(in.readLong());
            if (in.readInt() != data.length) {
                return null;
            }
            List<String> varyNames = readTexts(in);
            CacheKey variant = CacheKey.of(in.readNBytes(CacheKey.LENGTH));
            int count = in.readInt();
            Map<String, List<String>> fields = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                fields.put(readText(in), readTexts(in));
            }
            HttpHeaders headers = HttpHeaders.of(fields, (name, value) -> true);
            return new StoredResponse(
                    key,
                    new StoredResponse.Head(status, version, headers, receivedAt, age, varyNames, variant),
                    data,
                    entry.deleteAt());
        } catch (IOException | RuntimeException e) {
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

    private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            writeText(out, text);
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(readText(in));
        }
        return texts;
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a length of " + length + " with " + in.available() + " bytes left");
        }
        return in.readNBytes(length);
    }
}
