package dev.larder.perf.limits;

import dev.larder.cache.CacheKey;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that grows with each repetition, and the keys that come next. */
final class GrowingFile {
    private final StoreFiles files;
    private final int count;
    private @Nullable Path path;
    private long next;

    /** @param count how many rows the file holds at first */
    GrowingFile(StoreFiles files, int count) {
        this.files = files;
        this.count = count;
        next = count;
    }

    Path path() throws IOException {
        if (path == null) {
            path = files.copy(count);
        }
        return path;
    }

    /** Returns keys that the file does not hold, and will not return them again. */
    CacheKey[][] newKeys(int callers, long each) {
        CacheKey[][] keys = Rows.keysFrom(next, callers, Math.toIntExact(each));
        next += callers * each;
        return keys;
    }
}
