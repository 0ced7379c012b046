package dev.larder.perf.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecBoundTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory:                                 | memory:?maxBytes=4000",
                "memory                                  | memory:?maxBytes=4000",
                "memory:?maxBytes=1MiB                   | memory:?maxBytes=4000",
                "sqlite:x.db?durability=behind           | sqlite:x.db?durability=behind&maxBytes=4000",
                "sqlite:x.db?maxBytes=1GiB&readers=2     | sqlite:x.db?readers=2&maxBytes=4000",
                "memory:,sqlite:x.db                     | memory:?maxBytes=1000,sqlite:x.db?maxBytes=3000",
                "memory:, memory:, sqlite:x.db"
                        + "| memory:?maxBytes=500,memory:?maxBytes=500,sqlite:x.db?maxBytes=3000",
                "tiered:?restAfter=2,memory:,sqlite:x.db"
                        + "| tiered:?restAfter=2,memory:?maxBytes=1000,sqlite:x.db?maxBytes=3000",
            })
    void boundIsSharedByTheTiers(String spec, String bounded) {
        assertThat(SpecBound.within(4000, spec)).isEqualTo(bounded);
    }

    @Test
    void everySampleTakesABoundButThoseThatHaveNoSuchOption() throws IOException {
        for (StoreChoice choice : StoreChoices.all()) {
            Optional<CacheStore> store = choice.openWithin(1 << 20, Files.createTempDirectory(directory, "store"));
            store.ifPresent(CacheStore::close);
            assertThat(store.isPresent())
                    .as(choice.name())
                    .isEqualTo(!choice.name().equals("map"));
        }
    }

    @Test
    void placeThatTheUserNamedKeepsItsOwnBound() {
        Path file = directory.resolve("own.db");

        StoreChoice own = StoreChoices.named("memory:,sqlite:" + file).get(0);

        assertThat(own.openWithin(1 << 20, directory)).isEmpty();
        assertThat(file).doesNotExist();
        try (CacheStore store = StoreChoices.named("memory:?maxEntries=7")
                .get(0)
                .openWithin(1 << 20, directory)
                .orElseThrow()) {
            assertThat(store.stats().entries()).isZero();
        }
    }

    @Test
    void optionIsTheFarthestTiers() {
        assertThat(SpecBound.withOption("sqlite:a.db", "readers", "4")).isEqualTo("sqlite:a.db?readers=4");
        assertThat(SpecBound.withOption("memory:,sqlite:a.db?readers=9&compress=zstd", "readers", "4"))
                .isEqualTo("memory:,sqlite:a.db?compress=zstd&readers=4");
    }
}
