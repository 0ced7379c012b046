package dev.larder.perf.limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opening files that exist, and closing them. */
final class Openings {
    private final StoreFiles files;
    private final Effort effort;

    Openings(StoreFiles files, Effort effort) {
        this.files = files;
        this.effort = effort;
    }

    /** Returns the side of a file that is as large as the effort says. */
    Side large() {
        return side(() -> files.filled(rowsOfLargeFile()));
    }

    /** Returns the side of a file without entries. */
    Side empty() {
        return side(() -> files.filled(0));
    }

    private int rowsOfLargeFile() throws IOException {
        long bytes = Files.size(files.filled(effort.rows()));
        return Math.toIntExact(effort.largeFileBytes() * effort.rows() / bytes + 1);
    }

    private static Side side(Side.Opening<Path> file) {
        return Side.of(() -> () -> {}, (nothing, operations) -> {
            Path path = file.open();
            return () -> Crew.run(1, operations, caller -> {
                for (long i = 0; i < operations; i++) {
                    StoreFiles.openCommitted(path).close();
                }
                return 0;
            });
        });
    }
}
