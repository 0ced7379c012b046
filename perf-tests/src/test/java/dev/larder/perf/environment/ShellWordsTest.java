package dev.larder.perf.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
    @Test
    void quotesOnlyWhatAShellWouldReadOtherwise() {
        assertThat(ShellWords.join(List.of("./larder", "bench", "--json=results/a-1.json", "--threshold", "7.5%")))
                .isEqualTo("./larder bench --json=results/a-1.json --threshold 7.5%");
        assertThat(ShellWords.join(List.of("memory:?maxBytes=1MiB", "a b", "", "$HOME", "it's")))
                .isEqualTo("'memory:?maxBytes=1MiB' 'a b' '' '$HOME' 'it'\\''s'");
    }
}
