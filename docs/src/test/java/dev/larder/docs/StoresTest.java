package dev.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.cache.memory.MemoryCacheStore;
import dev.larder.cache.sqlite.SqliteCacheStore;
import dev.larder.cache.tiered.TieredCacheStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The snippets of docs/stores.md, and that its tables name every option there is. */
class StoresTest {
    private static final Pattern OPTION = Pattern.compile("^\\| `(\\w+)` \\|.*");

    @TempDir
    private Path directory;

    @Test
    void buildsStoresWithoutASpec() {
        // tag::builders[]
        CacheStore near = MemoryCacheStore.newBuilder().maxBytes(64L << 20).build();
        CacheStore far = SqliteCacheStore.newBuilder(directory.resolve("http.db"))
                .durability(SqliteCacheStore.Durability.BEHIND)
                .maxBytes(1L << 30)
                .open();
        CacheStore store = TieredCacheStore.newBuilder(near, far)
                .restFor(Duration.ofSeconds(30))
                .warmUpEntries(1_000)
                .build();
        // end::builders[]
        store.close();
        assertThat(directory.resolve("http.db")).exists();
    }

    @Test
    void opensTheExamples() {
        int opened = 0;
        for (String line : Documents.lines("docs/stores.md")) {
            if (line.startsWith("memory:") || line.startsWith("sqlite:") || line.startsWith("tiered:")) {
                String spec = line.split(" {2,}", 2)[0].replace("/var/lib/app", directory.toString());
                CacheStores.open(spec).close();
                opened++;
            }
        }
        assertThat(opened).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "docs/stores.md, ## Memory, \"memory:?nonsense=1\"",
                "docs/sqlite.md, ## Options, \"sqlite:unused.db?nonsense=1\"",
                "docs/stores.md, ## Tiered, \"tiered:?nonsense=1,memory:,memory:\""
            })
    void theTablesNameEveryOption(String page, String heading, String spec) {
        IllegalArgumentException refusal =
                catchThrowableOfType(IllegalArgumentException.class, () -> CacheStores.open(spec));

        assertThat(refusal).hasMessageEndingWith("choose from " + String.join(", ", optionsUnder(page, heading)));
    }

    private static List<String> optionsUnder(String page, String heading) {
        List<String> lines = Documents.lines(page);
        int begin = lines.indexOf(heading);
        assertThat(begin).as(heading).isNotNegative();
        return lines.subList(begin + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("## "))
                .map(OPTION::matcher)
                .filter(matcher -> matcher.matches())
                .map(MatchResult.class::cast)
                .map(option -> option.group(1))
                .sorted()
                .toList();
    }
}
