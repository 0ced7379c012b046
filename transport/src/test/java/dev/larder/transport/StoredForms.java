package dev.larder.transport;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Entries as the client writes them, at random, and what may become of them in a store. */
final class StoredForms {
    private static final int SUM_BYTES = Integer.BYTES;
    private static final int FORM_AT = SUM_BYTES;
    private static final Set<Byte> KNOWN_FORMS = Set.of((byte) 2, (byte) 4);
    private static final String TOKEN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789-!#$%&'*+.^_`|~";

    private StoredForms() {}

    static CacheKey key(Random random) {
        byte[] bytes = new byte[CacheKey.LENGTH];
        random.nextBytes(bytes);
        return CacheKey.of(bytes);
    }

    static StoredResponse response(CacheKey key, Random random) {
        byte[] data = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(1_000)];
        random.nextBytes(data);
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = random.nextInt(6); i > 0; i--) {
            fields.put(
                    token(random),
                    random.ints(1 + random.nextInt(3), 0, 40)
                            .mapToObj(length -> value(length, random))
                            .toList());
        }
        Freshness freshness = new Freshness(
                random.nextLong() >>> 1, random.nextBoolean(), random.nextLong() >>> 1, random.nextLong());
        CacheControl directives = CacheControl.parse(List.of(
                random.nextBoolean() ? "" : "max-age=" + random.nextInt() + ", stale-if-error=5",
                random.nextBoolean() ? "" : "no-cache, private=\"a, b\", must-revalidate"));
        HttpClient.Version version = random.nextBoolean() ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2;
        List<String> varyNames = random.nextInt(3) == 0 ? List.of("accept", "x-" + token(random)) : List.of();
        return new StoredResponse(
                key,
                new StoredResponse.Head(
                        200 + random.nextInt(400), version, new Fields(fields), freshness, directives, varyNames),
                data,
                Long.MAX_VALUE,
                Set.of());
    }

    static VaryIndex index(CacheKey key, Random random) {
        List<Variants.Variant> variants = random.ints(random.nextInt(4), 0, 20)
                .mapToObj(i -> new Variants.Variant(
                        CacheKey.sha256(new byte[] {(byte) i}), new EntityTag(token(random), i % 2 == 0).toString()))
                .toList();
        return new VaryIndex(
                key,
                random.ints(1 + random.nextInt(4), 0, 4)
                        .mapToObj(count -> random.ints(count, 0, 20)
                                .mapToObj(i -> "x-" + token(random).toLowerCase(Locale.ROOT))
                                .toList())
                        .toList(),
                new Variants(() -> variants));
    }

    static String token(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i >= 0; i--) {
            text.append(TOKEN.charAt(random.nextInt(TOKEN.length())));
        }
        return text.toString();
    }

    /** Returns a value that HTTP allows, if not everybody (RFC 9110 §5.5). */
    static String value(int length, Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int c = random.nextInt(4) == 0 ? 0x80 + random.nextInt(0x80) : ' ' + random.nextInt(0x7f - ' ');
            text.append(random.nextInt(16) == 0 ? '\t' : (char) c);
        }
        return text.toString().trim();
    }

    /** Returns an entry that is not the one given, and not one that a client of this version writes under its key. */
    static CacheEntry damaged(CacheEntry entry, Random random) {
        byte[] metadata = entry.metadata().clone();
        byte[] data = entry.data().clone();
        switch (random.nextInt(10)) {
            case 0 -> metadata = bytes(random.nextInt(200), random);
            case 1 -> data = bytes(random.nextInt(200), random);
            case 2 -> metadata = Arrays.copyOf(metadata, random.nextInt(metadata.length));
            case 3 -> metadata = Arrays.copyOf(metadata, metadata.length + 1 + random.nextInt(8));
            case 4 -> data = Arrays.copyOf(data, data.length == 0 ? 1 : random.nextInt(data.length));
            case 5 -> data = Arrays.copyOf(data, data.length + 1 + random.nextInt(8));
            case 6 -> scratch(metadata, random);
            case 7 -> scratch(data.length == 0 ? metadata : data, random);
            // Written by another version, and whole.
            case 8 -> {
                metadata[FORM_AT] = otherForm(random);
                sum(metadata, data);
            }
            // Written for another key, and whole.
            default -> {
                scratch(metadata, FORM_AT + 1, CacheKey.LENGTH, random);
                sum(metadata, data);
            }
        }
        CacheEntry made = with(entry, metadata, data);
        return made.equals(entry) ? damaged(entry, random) : made;
    }

    /** Returns an entry with a few other bytes behind its key, and the sum that belongs to them. */
    static CacheEntry forged(CacheEntry entry, Random random) {
        byte[] metadata = entry.metadata().clone();
        int from = FORM_AT + 1 + CacheKey.LENGTH;
        if (random.nextInt(4) == 0) {
            metadata = Arrays.copyOf(metadata, from + random.nextInt(metadata.length - from + 8));
        }
        if (metadata.length > from) {
            for (int i = random.nextInt(4); i >= 0; i--) {
                scratch(metadata, from, metadata.length - from, random);
            }
        }
        sum(metadata, entry.data());
        return with(entry, metadata, entry.data());
    }

    private static CacheEntry with(CacheEntry entry, byte[] metadata, byte[] data) {
        return CacheEntry.newBuilder()
                .metadata(metadata)
                .data(data)
                .storedAt(entry.storedAt())
                .deleteAt(entry.deleteAt())
                .tags(entry.tags())
                .build();
    }

    private static byte otherForm(Random random) {
        byte form = (byte) random.nextInt(random.nextBoolean() ? 8 : 256);
        return KNOWN_FORMS.contains(form) ? otherForm(random) : form;
    }

    private static byte[] bytes(int count, Random random) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void scratch(byte[] bytes, Random random) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            scratch(bytes, 0, bytes.length, random);
        }
    }

    private static void scratch(byte[] bytes, int from, int length, Random random) {
        bytes[from + random.nextInt(length)] ^= (byte) (1 + random.nextInt(255));
    }

    /** Writes the sum that the form asks for. */
    private static void sum(byte[] metadata, byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(metadata, SUM_BYTES, metadata.length - SUM_BYTES);
        crc.update(data);
        ByteBuffer.wrap(metadata).putInt(0, (int) crc.getValue());
    }
}
