package dev.larder.cache.sqlite;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the path of a database, its log and the index of that led to when they were opened, and whether they still do.
 * For one thread.
 */
final class Place {
    private final Path file;
    private final Path log;
    private final Path index;

    // The lengths are those of the last look.
    private @Nullable FileState fileState;
    private @Nullable FileState logState;
    private @Nullable FileState indexState;

    Place(Path file) {
        this.file = file;
        log = StoreFile.log(file);
        index = StoreFile.logIndex(file);
    }

    Path log() {
        return log;
    }

    /** Returns which file was opened, or null if that is not known. */
    @Nullable
    FileState fileState() {
        return fileState;
    }

    @Nullable
    FileState logState() {
        return logState;
    }

    /** Takes what is there now as what is open. */
    void remember() {
        fileState = FileState.of(file);
        logState = FileState.of(log);
        indexState = FileState.of(index);
    }

    /** Returns whether all is where it was and none has become shorter. */
    boolean isUnchanged() {
        FileState there = FileState.of(file);
        FileState logThere = FileState.of(log);
        if (FileState.differ(fileState, there)
                || FileState.differ(logState, logThere)
                || isIndexElsewhere(logThere)
                || FileState.isShorter(there, fileState)
                || FileState.isShorter(logThere, logState)) {
            return false;
        }
        fileState = there;
        logState = logThere;
        return true;
    }

    boolean isFileElsewhere() {
        return FileState.differ(fileState, FileState.of(file));
    }

    /** Returns what befell the file, for whom it concerns. */
    String fate() {
        FileState there = FileState.of(file);
        return there == null || !there.exists() ? "deleted" : there.size() == 0 ? "emptied" : "replaced";
    }

    boolean isFileEmpty() {
        FileState there = FileState.of(file);
        return there != null && there.size() == 0;
    }

    boolean isFileShorter() {
        return FileState.isShorter(FileState.of(file), fileState);
    }

    boolean isLogElsewhere() {
        return isLogReplaced() || isIndexElsewhere();
    }

    /** Returns whether the log is not the one that was opened. */
    boolean isLogReplaced() {
        return FileState.differ(logState, FileState.of(log));
    }

    boolean isIndexElsewhere() {
        return isIndexElsewhere(FileState.of(log));
    }

    private boolean isIndexElsewhere(@Nullable FileState logThere) {
        FileState there = FileState.of(index);
        return FileState.differ(indexState, there) || (isMissing(there) && logThere != null && logThere.exists());
    }

    /** Returns whether there is a log without an index, which is then one that has no name any more. */
    boolean isIndexMissing() {
        return isMissing(FileState.of(index));
    }

    private static boolean isMissing(@Nullable FileState there) {
        return there != null && !there.exists();
    }

    /**
     * Returns whether the log or the index that is there is in use by somebody else: a log that was only opened is
     * empty.
     */
    boolean isLogInUse() {
        FileState logThere = FileState.of(log);
        FileState indexThere = FileState.of(index);
        return (FileState.differ(logState, logThere) && logThere != null && logThere.size() > 0)
                || (FileState.differ(indexState, indexThere) && !isMissing(indexThere));
    }

    boolean isLogShorter() {
        return FileState.isShorter(FileState.of(log), logState);
    }

    /** Returns whether the log has not got room for so many pages. */
    boolean isLogShorterThan(long pages) {
        FileState now = FileState.of(log);
        return now != null && now.size() < StoreFile.logBytes(pages);
    }
}
