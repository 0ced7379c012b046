package dev.larder.perf.suite;

import dev.larder.cache.StoreCapability;
import dev.larder.cache.tck.StoreFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** A store in a directory of its own, whose only capability is to keep what it has. */
public abstract class DirectoryFixture extends StoreFixture {
    // Commits and closing wait for the disk, and the kit makes thousands of commits and closes hundreds of stores:
    // where the system keeps files in memory, that costs seconds instead of minutes.
    private static final Path FAST = Path.of("/dev/shm");

    private final Path directory;

    /** Makes the directory, which is empty. */
    protected DirectoryFixture() {
        try {
            directory = Files.isWritable(FAST)
                    ? Files.createTempDirectory(FAST, "larder-fixture-")
                    : Files.createTempDirectory("larder-fixture-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the directory. */
    protected final Path directory() {
        return directory;
    }

    @Override
    public final Set<StoreCapability> capabilities() {
        return Set.of(StoreCapability.PERSISTENT);
    }

    @Override
    public final void destroy() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
