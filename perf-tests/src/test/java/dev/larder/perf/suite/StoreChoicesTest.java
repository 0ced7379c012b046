package dev.larder.perf.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.perf.before.BeforeCacheStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreChoicesTest {
    @TempDir
    private Path directory;

    @Test
    void nameOfASampleIsThatSample() {
        assertThat(StoreChoices.named("sqlite behind"))
                .extracting(StoreChoice::name)
                .containsExactly("sqlite behind");
    }

    @Test
    void schemeIsAllItsSamples() {
        assertThat(StoreChoices.named("sqlite"))
                .extracting(StoreChoice::name)
                .containsExactlyInAnyOrder("sqlite committed", "sqlite behind");
    }

    @Test
    void specIsItselfAndItsPathIsUsed() {
        Path file = directory.resolve("own.db");
        String spec = "memory:,sqlite:" + file;

        StoreChoice choice = StoreChoices.named(spec).get(0);
        try (CacheStore store = choice.open(directory)) {
            assertThat(choice.name()).isEqualTo(spec);
            assertThat(Files.exists(file)).isTrue();
        }
    }

    @Test
    void baselineTakesPartOnlyWhereItIsNamed() {
        StoreChoice choice = StoreChoices.named("before").get(0);
        try (CacheStore store = choice.open(directory)) {
            assertThat(store).isInstanceOf(BeforeCacheStore.class);
        }
        assertThat(choice.isBaseline()).isTrue();
        assertThat(StoreChoices.all()).doesNotContain(choice).noneMatch(StoreChoice::isBaseline);
        assertThat(CacheStores.schemes()).doesNotContain("before");
    }

    @Test
    void peersTakePartOnlyWhereTheyAreNamed() {
        List<StoreChoice> peers = StoreChoices.named("peers");

        assertThat(peers).extracting(StoreChoice::name).containsExactly("ehcache", "mvstore", "rocksdb", "mapdb");
        assertThat(peers).allMatch(StoreChoice::isBaseline);
        assertThat(StoreChoices.named("mvstore")).containsExactly(peers.get(1));
        assertThat(StoreChoices.all()).doesNotContainAnyElementsOf(peers);
    }

    @Test
    void unknownNameListsThoseThatExist() {
        assertThatThrownBy(() -> StoreChoices.named("redis"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "unknown store 'redis'; there are: map, memory, sqlite behind, sqlite committed")
                .hasMessageContaining("tiered (memory over sqlite), before, ehcache, mvstore, rocksdb, mapdb;"
                        + " 'peers' for the last 4 of them; or a spec that begins with");
        assertThatThrownBy(() -> StoreChoices.named("redis://localhost"))
                .hasMessageContaining("unknown store 'redis://localhost'")
                .hasMessageContaining("a spec that begins with one of: map, memory, sqlite, tiered");
    }
}
