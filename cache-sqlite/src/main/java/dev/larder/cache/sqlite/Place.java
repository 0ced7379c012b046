package dev.larder.cache.sqlite;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the path of a database, its log and the index of that led to when they were opened, and whether they still do.
 * For one thread.
 */
final class Place implements AutoCloseable {
    private final Path file;
    private final Path log;
    private final Path index;
    private final LogFrames frames;

    // The lengths are those of the last look.
    private @Nullable FileState fileState;
    private @Nullable FileState logState;
    private @Nullable FileState indexState;

    Place(Path file) {
        this.file = file;
        log = StoreFile.log(file);
        index = StoreFile.logIndex(file);
        frames = new LogFrames(log);
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
        frames.begin(logState == null ? 0 : logState.size());
    }

    /** Returns whether all is where it was, none has become shorter, and the log has grown where it ended. */
    boolean isUnchanged() {
        FileState there = FileState.of(file);
        FileState logThere = FileState.of(log);
        if (FileState.differ(fileState, there)
                || FileState.differ(logState, logThere)
                || isIndexElsewhere(logThere)
                || FileState.isShorter(there, fileState)
                || FileState.isShorter(logThere, logState)
                || isLogTorn(logThere)) {
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

    /** Returns whether something may be missing in the log: it became shorter, or did not grow where it ended. */
    boolean isLogDoubtful() {
        FileState there = FileState.of(log);
        return FileState.isShorter(there, logState) || isLogTorn(there);
    }

    private boolean isLogTorn(@Nullable FileState there) {
        return there != null && frames.isTorn(there.size());
    }

    /** Looks at the log again, because something was written. */
    void wrote() {
        frames.look();
    }

    /** Returns whether the log has not got room for so many pages. */
    boolean isLogShorterThan(long pages) {
        FileState now = FileState.of(log);
        return now != null && now.size() < StoreFile.logBytes(pages);
    }

    /** Returns whether a page is missing among the first so many of the log. */
    boolean isLogHollow(long pages) {
        return frames.hasHole(pages);
    }

    /** Lets go of what was opened to look at it. */
    @Override
    public void close() {
        frames.close();
    }
}
