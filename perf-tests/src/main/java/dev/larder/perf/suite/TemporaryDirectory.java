package dev.larder.perf.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A directory that is gone, with whatever is in it, once this is closed or the JVM ends. */
public final class TemporaryDirectory implements AutoCloseable {
    private final Path path;
    private final Thread atExit;

    private TemporaryDirectory(Path path) {
        this.path = path;
        this.atExit = new Thread(() -> erase(path), "larder-cleanup");
    }

    /**
     * Makes an empty directory where the system keeps temporary files.
     *
     * @throws UncheckedIOException if it cannot be made
     */
    public static TemporaryDirectory create() {
        try {
            TemporaryDirectory directory = new TemporaryDirectory(Files.createTempDirectory("larder-"));
            Runtime.getRuntime().addShutdownHook(directory.atExit);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary directory", e);
        }
    }

    /** Returns where it is. */
    public Path path() {
        return path;
    }

    /** Erases it. Closing twice is fine. */
    @Override
    public void close() {
        erase(path);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook does it once more.
        }
    }

    private static void erase(Path root) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            // Erased before.
        } catch (IOException e) {
            System.getLogger(TemporaryDirectory.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot erase the temporary directory " + root, e);
        }
    }
}
