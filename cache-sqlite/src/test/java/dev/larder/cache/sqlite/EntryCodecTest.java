package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entry;
import static dev.larder.cache.sqlite.Examples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.sqlite.SqliteCacheStore.Compression;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
    private static final CacheKey KEY = key("codec");

    @Test
    void whatIsEncodedIsDecoded() throws CorruptEntryException {
        for (CacheEntry entry : Set.of(
                entry(""),
                entry("plain"),
                entry("tagged", "one", "zwei", "\u4e09", "\ud83d\ude00"),
                entry("odd tags", "?", "\uffff", "nul \0 inside"),
                entry("times"),
                CacheEntry.newBuilder()
                        .storedAt(Instant.MIN)
                        .deleteAt(Instant.MAX)
                        .build(),
                CacheEntry.newBuilder()
                        .storedAt(Instant.MAX)
                        .deleteAt(Instant.EPOCH.minusNanos(1))
                        .build())) {
            assertThat(EntryCodec.decode(KEY, stored(KEY, entry))).isEqualTo(entry);
        }
    }

    @Test
    void aRowOfAnotherKeyIsNoEntryButSound() throws CorruptEntryException {
        assertThat(EntryCodec.decode(key("other"), stored(KEY, entry("mine")))).isNull();
    }

    @Test
    void everyChangedBitIsNoticed() {
        StoredRow sound = stored(KEY, entry("damaged", "tag", "and another"));
        for (byte[] part : new byte[][] {sound.key(), sound.header(), sound.data()}) {
            for (int bit = 0; bit < Byte.SIZE * part.length; bit++) {
                part[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                assertThatThrownBy(() -> EntryCodec.decode(KEY, sound)).isInstanceOf(CorruptEntryException.class);
                part[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            }
        }
    }

    @Test
    void everyTruncationIsNoticed() {
        StoredRow sound = stored(KEY, entry("truncated", "tag"));
        for (int length = 0; length < sound.header().length; length++) {
            StoredRow row = new StoredRow(1, sound.key(), Arrays.copyOf(sound.header(), length), sound.data());
            assertThatThrownBy(() -> EntryCodec.decode(KEY, row)).isInstanceOf(CorruptEntryException.class);
        }
    }

    @Test
    void millisecondsAreRoundedUpAndDownAndNeverOverflow() {
        Instant between = Instant.ofEpochSecond(7, 1);
        assertThat(Times.millisUp(between)).isEqualTo(7001);
        assertThat(Times.millisDown(between)).isEqualTo(7000);
        assertThat(Times.millisUp(Instant.ofEpochMilli(7001))).isEqualTo(7001);
        assertThat(Times.millisUp(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(Times.millisDown(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
        assertThat(Times.micros(Instant.MAX)).isBetween(0L, 1L << 62);
        assertThat(Times.micros(Instant.MIN)).isBetween(0L, 999_999L);
    }

    @Test
    void dataIsCompressedWhereThatPays() throws CorruptEntryException {
        CacheEntry text = CacheEntry.newBuilder()
                .data("{\"role\": \"user\"}".repeat(100).getBytes(StandardCharsets.UTF_8))
                .tag("tag")
                .build();
        byte[] noise = new byte[4096];
        new Random(1).nextBytes(noise);
        for (CacheEntry entry : List.of(
                text,
                entry("short"),
                entry(""),
                CacheEntry.newBuilder().data(noise).build())) {
            EntryRow row = EntryCodec.encode(KEY, entry, 1, Compression.ZSTD);
            if (entry.equals(text)) {
                assertThat(row.data().length).isLessThan(entry.data().length / 10);
                assertThat(row.size())
                        .isLessThan(EntryCodec.encode(KEY, entry, 1, Compression.NONE)
                                        .size()
                                / 4);
            } else {
                assertThat(row.data()).isSameAs(entry.data());
            }
            StoredRow stored = new StoredRow(1, row.keyBytes(), row.header(), row.data());
            assertThat(EntryCodec.decode(KEY, stored)).isEqualTo(entry);
        }
    }

    @Test
    void everyChangedBitOfCompressedDataIsNoticed() {
        EntryRow row = EntryCodec.encode(KEY, entry("text ".repeat(200), "tag"), 1, Compression.ZSTD);
        StoredRow sound = new StoredRow(1, row.keyBytes(), row.header(), row.data());
        for (byte[] part : new byte[][] {sound.key(), sound.header(), sound.data()}) {
            for (int bit = 0; bit < Byte.SIZE * part.length; bit++) {
                part[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                assertThatThrownBy(() -> EntryCodec.decode(KEY, sound)).isInstanceOf(CorruptEntryException.class);
                part[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            }
        }
        // The two versions are two bits apart.
        row.header()[0] ^= 3;
        assertThatThrownBy(() -> EntryCodec.decode(KEY, sound)).isInstanceOf(CorruptEntryException.class);
    }

    private static StoredRow stored(CacheKey key, CacheEntry entry) {
        EntryRow row = EntryCodec.encode(key, entry, 1, Compression.NONE);
        return new StoredRow(1, row.keyBytes(), row.header(), row.data().clone());
    }
}
