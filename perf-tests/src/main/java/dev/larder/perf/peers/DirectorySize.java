package dev.larder.perf.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much a library keeps on disk. */
final class DirectorySize {
    private DirectorySize() {}

    /** Returns the sizes of the files in {@code directory} and below; 0 while files come and go too fast to tell. */
    static long of(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
