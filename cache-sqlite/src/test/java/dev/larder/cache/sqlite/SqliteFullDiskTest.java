package dev.larder.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Disks that have no room or take no writes, and limits of processes. */
@Timeout(300)
class SqliteFullDiskTest {
    private static final int SIZE = 20_000;
    private static final long LIMIT = 4 << 20;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() throws IOException {
        directory = directory.toRealPath();
        file = directory.resolve("http.db");
    }

    @Test
    void aLimitOfFileSizesFailsPutsUntilItIsRaised() throws Exception {
        assumeWorks("ulimit and prlimit", "bash", "-c", "ulimit -S -f 4096 && prlimit --pid $$ --fsize");
        try (CommandedProcess child =
                new CommandedProcess(directory, List.of("bash", "-c", "ulimit -S -f 4096 && exec \"$@\"", "bash"))) {
            assertThat(child.tell("open sqlite:" + file)).isEqualTo("ok");
            int count = putUntilFull(child);
            // Only when neither may grow: a log that is full is emptied into the file as long as that takes it.
            assertThat(Files.size(file)).isEqualTo(LIMIT);
            assertThat(Files.size(StoreFile.log(file))).isEqualTo(LIMIT);
            // The file alone holds 203, at five pages each and some for what finds them. What the log holds beyond
            // that depends on when it was emptied last: nothing, or up to 84.
            assertThat((long) count * SIZE).isBetween(LIMIT - LIMIT / 20, 2 * LIMIT);
            assertHolds(child, count);
            assertWorks("prlimit", "--pid", "" + child.pid(), "--fsize=unlimited:");
            assertThat(child.tell("put p" + count + " " + SIZE)).isEqualTo("ok");
            assertHolds(child, count + 1);
            assertThat(child.tell("close")).isEqualTo("ok");
        }
        assertSound();
    }

    @Test
    void aFullDiskFailsPutsUntilThereIsRoom() throws Exception {
        List<String> alone = mayMount();
        Path disk = Files.createDirectory(directory.resolve("disk"));
        String mount = "mount -t tmpfs -o size=8m none '" + disk + "' && exec \"$@\"";
        try (CommandedProcess child = new CommandedProcess(
                directory,
                Stream.concat(alone.stream(), Stream.of("bash", "-c", mount, "bash"))
                        .toList())) {
            assertThat(child.tell("fill " + disk.resolve("other") + " 3000000")).isEqualTo("ok");
            assertThat(child.tell("open sqlite:" + disk.resolve("http.db"))).isEqualTo("ok");
            int count = putUntilFull(child);
            assertThat(count).isGreaterThan(50);
            assertHolds(child, count);
            assertThat(child.tell("delete " + disk.resolve("other"))).isEqualTo("ok");
            assertThat(child.tell("put p" + count + " " + SIZE)).isEqualTo("ok");
            assertHolds(child, count + 1);
            assertThat(child.tell("close")).isEqualTo("ok");
            assertThat(child.tell("open sqlite:" + disk.resolve("http.db"))).isEqualTo("ok");
            assertHolds(child, count + 1);
            assertThat(child.tell("close")).isEqualTo("ok");
        }
    }

    /** Returns how many puts were acknowledged. */
    private static int putUntilFull(CommandedProcess child) throws IOException {
        for (int count = 0; ; count++) {
            String answer = child.tell("put p" + count + " " + SIZE);
            if (!answer.equals("ok")) {
                assertThat(answer)
                        .startsWith("FULL sqlite store ")
                        .contains("make room")
                        .contains("lower maxBytes");
                // Neither is it forgotten, nor does it get stuck.
                assertThat(child.tell("put p" + count + " " + SIZE)).startsWith("FULL ");
                return count;
            }
        }
    }

    private static void assertHolds(CommandedProcess child, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            assertThat(child.tell("get p" + i + " " + SIZE)).as("p" + i).isEqualTo("ok");
        }
    }

    private void assertSound() throws Exception {
        assertThat(Examples.text(file, "PRAGMA integrity_check")).isEqualTo("ok");
    }

    @Test
    void aFileThatTakesNoWritesFailsPutsUntilItDoes() throws Exception {
        Path probe = Files.createFile(directory.resolve("probe"));
        assumeWorks("chattr", "bash", "-c", "chattr +i '" + probe + "' && chattr -i '" + probe + "'");
        String both = file + " " + StoreFile.log(file);
        try (CommandedProcess child = new CommandedProcess(directory, List.of())) {
            assertThat(child.tell("open sqlite:" + file)).isEqualTo("ok");
            assertThat(child.tell("put p0 " + SIZE)).isEqualTo("ok");
            assertHolds(child, 1);
            assertWorks("bash", "-c", "chattr +i " + both);
            try {
                for (int i = 0; i < 3; i++) {
                    assertThat(child.tell("put p1 " + SIZE))
                            .startsWith("UNAVAILABLE sqlite store " + file)
                            .contains("written");
                    assertHolds(child, 1);
                }
            } finally {
                assertWorks("bash", "-c", "chattr -i " + both);
            }
            assertThat(child.tell("put p1 " + SIZE)).isEqualTo("ok");
            assertHolds(child, 2);
            assertThat(child.tell("close")).isEqualTo("ok");
        }
        assertSound();
    }

    @Test
    void rightsThatAreTakenAwayMatterWhenTheFileIsOpenedNext() throws Exception {
        try (CommandedProcess child = new CommandedProcess(directory, withoutPrivileges())) {
            assertThat(child.tell("open sqlite:" + file)).isEqualTo("ok");
            assertThat(child.tell("put p0 " + SIZE)).isEqualTo("ok");
            for (Path path : List.of(file, StoreFile.log(file))) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--r--r--"));
            }
            // Who has a file open for writing may go on, by the rules of the operating system.
            assertThat(child.tell("put p1 " + SIZE)).isEqualTo("ok");
            assertHolds(child, 2);
            assertThat(child.tell("close")).isEqualTo("ok");
            assertThat(child.tell("open sqlite:" + file))
                    .isEqualTo("UNAVAILABLE sqlite store " + file
                            + " cannot be opened: it cannot be read and written: allow this user both, or choose"
                            + " another file");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            assertThat(child.tell("open sqlite:" + file)).isEqualTo("ok");
            assertHolds(child, 2);
            assertThat(child.tell("close")).isEqualTo("ok");
        }
        assertSound();
    }

    /** Returns a command that lets another one mount, where nobody else sees it. */
    private static List<String> mayMount() throws Exception {
        for (List<String> command : List.of(List.of("unshare", "-m"), List.of("unshare", "-rm"))) {
            String[] attempt = Stream.concat(
                            command.stream(), Stream.of("bash", "-c", "mount -t tmpfs -o size=1m none /mnt"))
                    .toArray(String[]::new);
            if (works(attempt)) {
                return command;
            }
        }
        assumeTrue(false, "this user may not mount a small disk");
        return List.of();
    }

    /** Returns a command under which rights on files hold for the superuser too. */
    private static List<String> withoutPrivileges() throws Exception {
        if (works("bash", "-c", "[ $(id -u) != 0 ]")) {
            return List.of();
        }
        List<String> command = List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search");
        assumeWorks(
                "setpriv", Stream.concat(command.stream(), Stream.of("true")).toArray(String[]::new));
        return command;
    }

    private static void assumeWorks(String what, String... command) throws Exception {
        assumeTrue(works(command), what + " is not to be had here");
    }

    private static void assertWorks(String... command) throws Exception {
        assertThat(works(command)).as(String.join(" ", command)).isTrue();
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            // There is no such command.
            return false;
        }
    }
}
