package dev.larder.perf.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ChildJvmTest {
    @TempDir
    private Path directory;

    /** A child that waits for a line which nobody writes. */
    static final class Waiting {
        private Waiting() {}

        public static void main(String[] args) throws IOException {
            System.out.write(1);
            System.out.flush();
            System.exit(System.in.read());
        }
    }

    private ChildJvm start(long patienceSeconds, Class<?> main, String... arguments) throws IOException {
        return new ChildJvm(directory, patienceSeconds, List.of("-XX:TieredStopAtLevel=1"), main, List.of(arguments));
    }

    @Test
    void aChildThatHangsIsKilled() throws Exception {
        try (ChildJvm child = start(1, Waiting.class)) {
            assertThat(child.exitCode()).isEqualTo(128 + 9);
            assertThat(child.hung()).isTrue();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aChildIsListenedToAndSpokenTo() throws Exception {
        try (ChildJvm child = start(120, Waiting.class)) {
            assertThat(child.out().read()).isEqualTo(1);
            child.in().write(42);
            child.in().flush();
            assertThat(child.exitCode()).isEqualTo(42);
            assertThat(child.hung()).isFalse();
            assertThat(child.complaints()).isEmpty();
        }
    }

    @Test
    void aVictimThatCannotOpenItsStoreSaysWhy() throws Exception {
        List<String> arguments = Victim.arguments("missing:", Script.Mix.EVERYTHING, 1, 0, 1, 1, 1);
        try (ChildJvm child = start(120, Victim.class, arguments.toArray(String[]::new))) {
            assertThat(Ack.read(child.out())).isEqualTo(Ack.of(Ack.Stage.OPENING));
            assertThat(Ack.read(child.out())).isNull();
            assertThat(child.exitCode()).isEqualTo(Victim.FAILED);
            assertThat(child.complaints()).contains("unknown store 'missing'");
        }
    }
}
