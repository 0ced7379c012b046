package dev.larder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheEntryTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static CacheEntry.Builder builder() {
        return CacheEntry.newBuilder()
                .metadata(new byte[] {1, 2})
                .data(new byte[] {3})
                .storedAt(NOON)
                .deleteAt(NOON.plusSeconds(1))
                .tags(List.of("a", "b"));
    }

    @Test
    void anEntryIsEmptyAndKeptForEverUnlessSaidOtherwise() {
        Instant before = Instant.now();
        CacheEntry entry = CacheEntry.newBuilder().build();
        assertThat(entry.metadata()).isEmpty();
        assertThat(entry.data()).isEmpty();
        assertThat(entry.tags()).isEmpty();
        assertThat(entry.deleteAt()).isEqualTo(Instant.MAX);
        assertThat(entry.storedAt()).isBetween(before, Instant.now());
    }

    @Test
    void arraysAreHandedOverNotCopied() {
        byte[] metadata = {1};
        byte[] data = {2};
        CacheEntry entry = CacheEntry.newBuilder().metadata(metadata).data(data).build();
        assertThat(entry.metadata()).isSameAs(metadata);
        assertThat(entry.data()).isSameAs(data);
    }

    @Test
    void tagsAreCopiedAndUnmodifiable() {
        List<String> tags = new ArrayList<>(List.of("a"));
        CacheEntry entry = CacheEntry.newBuilder().tags(tags).build();
        tags.add("b");
        assertThat(entry.tags()).containsExactly("a");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> entry.tags().add("c"));
    }

    @Test
    void tagAddsAndTagsReplaces() {
        CacheEntry.Builder builder = CacheEntry.newBuilder().tag("a").tag("b").tag("a");
        assertThat(builder.build().tags()).containsExactlyInAnyOrder("a", "b");
        assertThat(builder.tags(List.of("c", "c")).build().tags()).containsExactly("c");
    }

    @Test
    void aBuilderMakesIndependentEntries() {
        CacheEntry.Builder builder = builder();
        CacheEntry first = builder.build();
        CacheEntry second = builder.tag("c").data(new byte[0]).build();
        assertThat(first).isEqualTo(builder().build());
        assertThat(second.tags()).contains("c");
    }

    @Test
    void tagsThatAreNoTextAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheEntry.newBuilder().tag("half \ud83d"))
                .withMessageContaining("surrogate");
        assertThat(CacheEntry.newBuilder().tag("whole \ud83d\ude00").build().tags())
                .hasSize(1);
    }

    @Test
    void emptyTagsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheEntry.newBuilder().tag(""))
                .withMessage("a tag must not be empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheEntry.newBuilder().tags(List.of("a", "")));
    }

    @Test
    void nullIsRefusedBySetters() {
        CacheEntry.Builder builder = CacheEntry.newBuilder();
        assertThatNullPointerException()
                .isThrownBy(() -> builder.metadata(null))
                .withMessage("metadata");
        assertThatNullPointerException().isThrownBy(() -> builder.data(null)).withMessage("data");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.storedAt(null))
                .withMessage("storedAt");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.deleteAt(null))
                .withMessage("deleteAt");
        assertThatNullPointerException().isThrownBy(() -> builder.tags(null));
        assertThatNullPointerException().isThrownBy(() -> builder.tags(Arrays.asList("a", null)));
        assertThatNullPointerException().isThrownBy(() -> builder.tag(null));
    }

    @Test
    void everyPartCounts() {
        CacheEntry entry = builder().build();
        assertThat(entry)
                .isEqualTo(builder().build())
                .hasSameHashCodeAs(builder().build());
        assertThat(entry)
                .isNotEqualTo(builder().metadata(new byte[] {1, 3}).build())
                .isNotEqualTo(builder().data(new byte[] {3, 0}).build())
                .isNotEqualTo(builder().storedAt(NOON.plusNanos(1)).build())
                .isNotEqualTo(builder().deleteAt(Instant.MAX).build())
                .isNotEqualTo(builder().tag("c").build());
        assertThat(entry).isNotEqualTo("entry");
    }

    @Test
    void retentionEndsAtDeleteAt() {
        CacheEntry entry = builder().deleteAt(NOON).build();
        assertThat(entry.isExpiredAt(NOON.minusNanos(1))).isFalse();
        assertThat(entry.isExpiredAt(NOON)).isTrue();
        assertThat(entry.isExpiredAt(NOON.plusNanos(1))).isTrue();
    }

    @Test
    void theTextShowsNoContent() {
        assertThat(builder()
                        .data("secret".getBytes(StandardCharsets.UTF_8))
                        .tags(List.of("a"))
                        .build())
                .hasToString("CacheEntry[metadata=2 bytes, data=6 bytes, storedAt=2026-01-01T12:00:00Z, "
                        + "deleteAt=2026-01-01T12:00:01Z, tags=[a]]");
    }
}
