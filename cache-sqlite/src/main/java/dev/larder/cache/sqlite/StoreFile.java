package dev.larder.cache.sqlite;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The database file as a file: its place, its rights, its first bytes, and putting it aside. */
final class StoreFile {
    /** What the header of our files says they are: "lard". */
    static final int APPLICATION_ID = 0x6c617264;

    /** How many damaged files are kept for whoever wants to look at them. */
    private static final int MOST_ASIDE = 3;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int APPLICATION_ID_OFFSET = 68;
    private static final int MOST_LINKS = 40;
    private static final int LOG_HEADER = 32;
    private static final int LOG_FRAME = 24 + Connections.PAGE_SIZE;

    private StoreFile() {}

    /**
     * Makes the directories above the file, and refuses a place where no database can be.
     *
     * @return the file without symbolic links, so that whatever lies beside it is found from everywhere
     * @throws CacheStoreException UNAVAILABLE
     */
    static Path prepare(Path file) {
        Path directory = directory(file);
        if (Files.isDirectory(file)) {
            throw unavailable(file, "it is a directory: name a file in it, such as " + file.resolve("larder.db"), null);
        }
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, ownerOnlyDirectory(directory));
            }
        } catch (IOException e) {
            throw unavailable(
                    file, "its directory cannot be created: create " + directory + ", or choose another file", e);
        }
        Path real;
        try {
            real = followLinks(file);
        } catch (IOException e) {
            throw unavailable(file, "it is a symbolic link that leads nowhere: correct or delete it", e);
        }
        // A device or a socket is empty too, and would be replaced.
        if (Files.exists(real) && !Files.isRegularFile(real)) {
            throw unavailable(real, "it is not a regular file: choose another file", null);
        }
        if (Files.exists(real) && !(Files.isReadable(real) && isWritable(real))) {
            throw unavailable(
                    real, "it cannot be read and written: allow this user both, or choose another file", null);
        }
        // SQLite writes its log beside the file.
        if (!Files.isWritable(directory(real))) {
            throw unavailable(
                    real, directory(real) + " cannot be written: allow this user to, or choose another file", null);
        }
        return real;
    }

    /** Returns whether the file, and its log if there is one, may be written. */
    static boolean isWritable(Path file) {
        Path log = log(file);
        // The log comes and goes: if it was not there at first and is then, it came.
        return Files.isWritable(file) && (Files.isWritable(log) || !Files.exists(log) || Files.isWritable(log));
    }

    /** Returns where the file is, or would be if it is missing: also then a link to it is not replaced. */
    private static Path followLinks(Path file) throws IOException {
        Path path = file;
        for (int i = 0; i < MOST_LINKS && !Files.exists(path); i++) {
            path = directory(path).toRealPath().resolve(path.getFileName());
            if (!Files.isSymbolicLink(path)) {
                return path;
            }
            path = path.resolveSibling(Files.readSymbolicLink(path));
        }
        return path.toRealPath();
    }

    /** Returns where SQLite keeps what is written and not yet copied into the file. */
    static Path log(Path file) {
        return beside(file, "-wal");
    }

    /** Returns where SQLite keeps an index of the log, and the locks, in memory that processes share. */
    static Path logIndex(Path file) {
        return beside(file, "-shm");
    }

    /** Returns the least length of a log of so many pages. */
    static long logBytes(long pages) {
        return pages == 0 ? 0 : logFrame(pages);
    }

    /** Returns where in the log a frame begins, which is a page and what stands before it, counted from 0. */
    static long logFrame(long frame) {
        return LOG_HEADER + frame * LOG_FRAME;
    }

    /** Returns how many frames are complete in a log of that length. */
    static long logFrames(long bytes) {
        return Math.max(0, bytes - LOG_HEADER) / LOG_FRAME;
    }

    private static Path beside(Path file, String part) {
        return file.resolveSibling(file.getFileName() + part);
    }

    /** Returns whether there is no file, or nothing in it. */
    static boolean isEmpty(Path file) {
        FileState state = FileState.of(file);
        return state != null && state.size() <= 0;
    }

    /**
     * Makes an empty file beside a missing or empty {@code file}, with that one's rights if it exists, or else for its
     * owner only. SQLite makes its other files likewise. For the holder of the {@link FileGuard}.
     */
    static Path createFresh(Path file) {
        return create(file, ".new");
    }

    private static Path create(Path file, String part) {
        Path fresh = beside(file, part);
        try {
            deleteLogs(fresh);
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, ownerOnly(directory(file)));
            if (Files.exists(file) && isPosix(directory(file))) {
                Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
            }
            return fresh;
        } catch (IOException e) {
            throw unavailable(file, "it cannot be created: check the rights on its directory", e);
        }
    }

    /** Returns the first page of a file that nobody has open, or whose locks no longer matter. */
    static byte[] firstPage(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(Connections.PAGE_SIZE);
        } catch (IOException e) {
            throw unavailable(file, "it cannot be read", e);
        }
    }

    /** Makes another empty file likewise, for {@link #deleteScratch}. */
    static Path createScratch(Path file) {
        return create(file, ".search");
    }

    /** Deletes what was of use for a moment only. */
    static void deleteScratch(Path scratch) throws IOException {
        deleteLogs(scratch);
        Files.deleteIfExists(scratch);
    }

    /** Puts what was made of {@link #createFresh} in the place where it belongs. */
    static void moveFresh(Path fresh, Path file) {
        try {
            // Logs of a file that is gone are no part of the new one, and SQLite would take them for such.
            deleteLogs(file);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unavailable(file, "it cannot be created: check the rights on its directory", e);
        }
    }

    /** Deletes the logs beside a file to which they do not belong. For the holder of the {@link FileGuard}. */
    static void deleteLogs(Path file) {
        try {
            for (String part : new String[] {"-journal", "-wal", "-shm"}) {
                Files.deleteIfExists(beside(file, part));
            }
        } catch (IOException e) {
            throw unavailable(file, "the log of another file is beside it and cannot be deleted: delete it", e);
        }
    }

    /** Returns whether the first bytes say that this once was a file of ours. Only for files that SQLite refuses. */
    static boolean hasOurHeader(Path file) {
        int length = APPLICATION_ID_OFFSET + Integer.BYTES;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(length);
            return header.length == length
                    && Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                    && ByteBuffer.wrap(header).getInt(APPLICATION_ID_OFFSET) == APPLICATION_ID;
        } catch (IOException e) {
            throw unavailable(file, "it cannot be read", e);
        }
    }

    /**
     * Says that what was made of {@link #createFresh} is complete, and is to take the place of a damaged file. Who finds
     * it beside a missing one after a sudden end goes on from there; beside one that is still there it is stale.
     */
    static void declareRepaired(Path fresh, Path file) {
        try {
            Files.move(fresh, repaired(file), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unavailable(file, "it is damaged, and what could be saved of it cannot be renamed", e);
        }
    }

    private static Path repaired(Path file) {
        return beside(file, ".repaired");
    }

    /** Returns whether a sudden end left something for {@link #finishRepair}. */
    static boolean isRepairUnfinished(Path file) {
        return Files.exists(repaired(file));
    }

    /** Puts what was declared repaired in its place if that is free, or else away. For the holder of the guard. */
    static void finishRepair(Path file) {
        Path repaired = repaired(file);
        try {
            if (Files.exists(file)) {
                Files.deleteIfExists(repaired);
            } else if (Files.exists(repaired)) {
                deleteLogs(file);
                Files.move(repaired, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw unavailable(file, "what was saved of it when it was damaged cannot be put in its place", e);
        }
    }

    /**
     * Renames a damaged file, and what belongs to it, to a free name beside it, and returns that. Of those that were
     * renamed before, the oldest go.
     */
    static Path setAside(Path file) {
        try {
            int number = 1 + asideNumbers(file).last();
            // The file first: as long as it is missing, nobody opens anything here without the guard.
            Files.move(file, aside(file, number, ""));
            Path log = log(file);
            if (Files.exists(log) && Files.size(log) > 0) {
                Files.move(log, aside(file, number, "-wal"));
            }
            deleteLogs(file);
            for (int old : asideNumbers(file).headSet(number - MOST_ASIDE + 1)) {
                Files.deleteIfExists(aside(file, old, ""));
                Files.deleteIfExists(aside(file, old, "-wal"));
            }
            return aside(file, number, "");
        } catch (IOException e) {
            throw unavailable(file, "it is damaged and cannot be renamed: move it away", e);
        }
    }

    /** Returns the numbers in use, and 0. */
    private static SortedSet<Integer> asideNumbers(Path file) throws IOException {
        SortedSet<Integer> numbers = new TreeSet<>(Set.of(0));
        Pattern name = Pattern.compile(Pattern.quote(file.getFileName() + ".corrupt-") + "([0-9]{1,8})(-wal)?");
        try (Stream<Path> files = Files.list(directory(file))) {
            files.forEach(path -> {
                Matcher matcher = name.matcher(String.valueOf(path.getFileName()));
                if (matcher.matches()) {
                    numbers.add(Integer.valueOf(matcher.group(1)));
                }
            });
        }
        return numbers;
    }

    private static Path aside(Path file, int number, String part) {
        return beside(file, ".corrupt-" + number + part);
    }

    static CacheStoreException unavailable(Path file, String found, @Nullable Throwable cause) {
        return new CacheStoreException(
                Kind.UNAVAILABLE,
                "sqlite store " + file + " cannot be opened: " + found + (cause == null ? "" : " (" + cause + ")"),
                cause);
    }

    static Path directory(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw unavailable(file, "it is the root: name a file", null);
        }
        return directory;
    }

    /** Returns the attributes of a file that only its owner may use, where {@code directory} knows such rights. */
    static FileAttribute<?>[] ownerOnly(Path directory) {
        return rights(directory, "rw-------");
    }

    private static FileAttribute<?>[] ownerOnlyDirectory(Path directory) {
        return rights(directory, "rwx------");
    }

    private static FileAttribute<?>[] rights(Path directory, String rights) {
        if (!isPosix(directory)) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))};
    }

    private static boolean isPosix(Path directory) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
