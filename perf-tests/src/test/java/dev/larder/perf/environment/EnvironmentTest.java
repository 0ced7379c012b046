package dev.larder.perf.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
    @TempDir
    private Path directory;

    @Test
    void saysWhereItRuns() {
        Environment environment = Environment.of(List.of("bench", "--store", "memory:?maxBytes=1MiB"));

        assertThat(environment.machine().cores()).isPositive();
        assertThat(environment.machine().memoryBytes()).isPositive();
        assertThat(environment.machine().cpu()).isNotBlank();
        assertThat(environment.jvm().version()).isEqualTo(Runtime.version().toString());
        assertThat(environment.jvm().collectors()).isNotBlank();
        assertThat(environment.jvm().maxHeapBytes()).isPositive();
        assertThat(environment.versions())
                .containsKeys("larder", "sqlite", "sqlite-jdbc", "jooq", "caffeine")
                .doesNotContainValue(Versions.UNKNOWN);
        assertThat(environment.command()).isEqualTo("./larder bench --store 'memory:?maxBytes=1MiB'");
        assertThat(environment.endedAt()).isNull();
        assertThat(environment.partial()).isFalse();
    }

    @Test
    void saysMoreAtTheEnd() {
        Environment begun = Environment.of(List.of("bench"));
        Environment ended = begun.ended(true);

        assertThat(ended.endedAt()).isGreaterThanOrEqualTo(ended.startedAt());
        assertThat(ended.loadAverage().start()).isEqualTo(begun.loadAverage().start());
        assertThat(ended.partial()).isTrue();
        assertThat(EnvironmentLines.of(ended))
                .hasSize(4)
                .satisfies(lines -> assertThat(lines.get(3)).contains("./larder bench", "interrupted"));
    }

    @Test
    void readsVersionsFromTheNamesOfJars() {
        assertThat(Versions.ofJars(List.of(
                        "/lib/sqlite-jdbc-3.54.1.0.jar",
                        "classes",
                        "/lib/h2-mvstore-2.4.240.jar",
                        "/lib/other-1.0.jar",
                        "/lib/caffeine-4.0.0-SNAPSHOT.jar")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("sqlite-jdbc", "3.54.1.0", "h2-mvstore", "2.4.240", "caffeine", "4.0.0-SNAPSHOT"));
    }

    @Test
    void noCheckoutIsUnknown() {
        assertThat(Checkout.around(directory)).isEqualTo(new Checkout("unknown", null));
        assertThat(Checkout.around(null)).isEqualTo(new Checkout("unknown", null));
    }

    @Test
    void readsTheCheckoutAroundAFile() throws Exception {
        assumeTrue(git("init", "-q") == 0, "there is no git here");
        Path file = Files.writeString(directory.resolve("file"), "one");
        Path deep = Files.createDirectories(directory.resolve("target/classes"));
        git("add", "file");
        git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "One");

        Checkout clean = Checkout.around(deep);
        Files.writeString(file, "two");
        Checkout changed = Checkout.around(deep);

        assertThat(clean.revision()).matches("[0-9a-f]{40}");
        assertThat(clean.dirty()).isFalse();
        assertThat(changed).isEqualTo(new Checkout(clean.revision(), true));
    }

    private int git(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
