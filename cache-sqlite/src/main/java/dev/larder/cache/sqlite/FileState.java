package dev.larder.cache.sqlite;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a path led to at one moment: which file, and how long it was.
 *
 * <p>Two states that were taken while somebody had the file open tell for certain whether it is the same one: its
 * number is given to no other file as long. To take one costs about a microsecond, and neither opens the file nor
 * touches the locks that SQLite holds on it.
 *
 * @param key what the file system calls the file, or null where it has no names for files, or there is no file
 * @param size in bytes, or -1 if there is no file
 */
record FileState(@Nullable Object key, long size) {
    private static final FileState ABSENT = new FileState(null, -1);

    /** Returns what {@code path} leads to, or null if that cannot be told. */
    static @Nullable FileState of(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileState(attributes.fileKey(), attributes.size());
        } catch (AccessDeniedException e) {
            return null;
        } catch (IOException e) {
            return ABSENT;
        }
    }

    boolean exists() {
        return size >= 0;
    }

    /** Returns whether these are two files, or a file and none. What cannot be told has not changed. */
    static boolean differ(@Nullable FileState one, @Nullable FileState other) {
        return one != null && other != null && (one.exists() != other.exists() || !Objects.equals(one.key, other.key));
    }

    /** Returns whether {@code later} is shorter than {@code earlier} was. */
    static boolean isShorter(@Nullable FileState later, @Nullable FileState earlier) {
        return later != null && earlier != null && later.size < earlier.size;
    }
}
