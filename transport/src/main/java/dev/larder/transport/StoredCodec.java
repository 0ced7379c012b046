package dev.larder.transport;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an entry, as bytes: a stored response without its body, or an index of what responses vary by.
 *
 * <pre>
 *   int     CRC-32C over everything behind it and over the body
 *   byte    form, 2 for a response and 4 for an index
 *   byte[32] key
 *
 *   of a response:
 *   short   status        byte version (1 or 2)
 *   long    received at   long lifetime     long age at receipt    in milliseconds
 *   byte    1 if the lifetime is a guess
 *   directives, as CacheControl writes them
 *   int     length of the body
 *   texts   vary
 *   int     number of fields, then for each: text name, texts values
 *
 *   of an index:
 *   int     number of selections, then for each: texts names
 *   int     number of variants, then for each: byte[32] key, text tag
 * </pre>
 *
 * <p>Texts are preceded by their length in bytes as an int, lists by their size as an int. Whatever cannot be read is
 * nothing: another form, a wrong checksum, another key.
 */
final class StoredCodec {
    private static final byte RESPONSE = 2;
    private static final byte INDEX = 4;
    private static final int TYPICAL_BYTES = 512;

    private StoredCodec() {}

    static byte[] encode(StoredResponse response) {
        StoredResponse.Head head = response.head();
        FormWriter out = begin(RESPONSE, response.key());
        out.writeShort(head.status());
        out.writeByte(head.version() == HttpClient.Version.HTTP_1_1 ? 1 : 2);
        Freshness freshness = head.freshness();
        out.writeLong(freshness.receivedAtMillis());
        out.writeLong(freshness.lifetimeMillis());
        out.writeLong(freshness.initialAgeMillis());
        out.writeByte(freshness.heuristic() ? 1 : 0);
        head.directives().writeTo(out);
        out.writeInt(response.data().length);
        writeTexts(out, head.varyNames());
        Map<String, List<String>> fields = head.fields().map();
        out.writeInt(fields.size());
        fields.forEach((name, values) -> {
            out.writeText(name);
            writeTexts(out, values);
        });
        return end(out, response.data());
    }

    static byte[] encode(VaryIndex index) {
        FormWriter out = begin(INDEX, index.key());
        out.writeInt(index.selections().size());
        for (List<String> names : index.selections()) {
            writeTexts(out, names);
        }
        List<Variants.Variant> variants = index.variants().list();
        out.writeInt(variants.size());
        for (Variants.Variant variant : variants) {
            out.write(variant.key().bytes());
            out.writeText(variant.tag());
        }
        return end(out, new byte[0]);
    }

    private static FormWriter begin(byte form, CacheKey key) {
        FormWriter out = new FormWriter(TYPICAL_BYTES);
        out.writeInt(0);
        out.writeByte(form);
        out.write(key.bytes());
        return out;
    }

    private static byte[] end(FormWriter out, byte[] data) {
        byte[] metadata = Arrays.copyOf(out.array(), out.length());
        ByteBuffer.wrap(metadata).putInt(0, checksum(metadata, data));
        return metadata;
    }

    /** Returns what {@code entry} holds, or null if it holds nothing of {@code key}. */
    static @Nullable Stored decode(CacheKey key, CacheEntry entry) {
        byte[] metadata = entry.metadata();
        FormReader in = new FormReader(metadata, 0);
        try {
            if (in.readInt() != checksum(metadata, entry.data())) {
                return null;
            }
            byte form = in.readByte();
            if (!in.skipKey(key)) {
                return null;
            }
            return switch (form) {
                case RESPONSE -> response(key, entry, metadata, in);
                case INDEX -> index(key, metadata, in);
                default -> null;
            };
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            // The checksum held, so this was written by something else that speaks nearly the same form.
            return null;
        }
    }

    private static @Nullable StoredResponse response(CacheKey key, CacheEntry entry, byte[] metadata, FormReader in) {
        int status = in.readShort();
        HttpClient.Version version = in.readByte() == 1 ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2;
        long receivedAt = in.readLong();
        long lifetime = in.readLong();
        long initialAge = in.readLong();
        Freshness freshness = new Freshness(lifetime, in.readByte() != 0, initialAge, receivedAt);
        CacheControl directives = CacheControl.readFrom(in);
        if (in.readInt() != entry.data().length || lifetime < 0 || initialAge < 0 || status < 200 || status > 599) {
            return null;
        }
        List<String> varyNames = in.readTexts();
        int from = in.position();
        checkFields(in);
        Fields fields = new Fields(() -> readFields(new FormReader(metadata, from)));
        return new StoredResponse(
                key,
                new StoredResponse.Head(status, version, fields, freshness, directives, varyNames),
                entry.data(),
                Freshness.millis(entry.deleteAt()),
                entry.tags());
    }

    private static VaryIndex index(CacheKey key, byte[] metadata, FormReader in) {
        int count = in.readInt();
        List<List<String>> selections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            selections.add(in.readTexts());
        }
        int from = in.position();
        checkVariants(in);
        Variants variants = new Variants(() -> readVariants(new FormReader(metadata, from)));
        return new VaryIndex(key, List.copyOf(selections), variants);
    }

    /** Passes over all variants, so that they can be read later without a failure. */
    private static void checkVariants(FormReader in) {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            in.skip(CacheKey.LENGTH);
            in.skipText(0);
        }
    }

    private static List<Variants.Variant> readVariants(FormReader in) {
        int count = in.readInt();
        List<Variants.Variant> variants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CacheKey key = in.readKey();
            String tag = in.readText();
            if (isOneLine(tag)) {
                variants.add(new Variants.Variant(key, tag));
            }
        }
        return variants;
    }

    private static int checksum(byte[] metadata, byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(metadata, Integer.BYTES, metadata.length - Integer.BYTES);
        crc.update(data);
        return (int) crc.getValue();
    }

    private static void writeTexts(FormWriter out, List<String> texts) {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeText(text);
        }
    }

    /** Passes over all fields, so that they can be read later without a failure. */
    private static void checkFields(FormReader in) {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            in.skipText(1);
            int values = in.readInt();
            for (int n = 0; n < values; n++) {
                in.skipText(0);
            }
        }
    }

    /**
     * Reads the fields, without those that could not have come in a response: a store may have been written by others,
     * and what is in it must not end a field or begin another one (RFC 9110 §5.1 and §5.5).
     */
    private static Map<String, List<String>> readFields(FormReader in) {
        int count = in.readInt();
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < count; i++) {
            String name = in.readText();
            List<String> values = in.readTexts();
            if (FieldList.isToken(name) && values.stream().allMatch(StoredCodec::isOneLine)) {
                fields.put(name, values);
            }
        }
        return fields;
    }

    private static boolean isOneLine(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == 0 || c > 0xff) {
                return false;
            }
        }
        return true;
    }
}
