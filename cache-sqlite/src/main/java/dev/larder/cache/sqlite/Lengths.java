package dev.larder.cache.sqlite;

import dev.larder.cache.Deadline;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells whether somebody else than SQLite cut a file or its log short. For the writer's thread. */
final class Lengths {
    /** How long another process may take to copy its log into the file. */
    private static final Duration FOR_CHECKPOINT = Duration.ofSeconds(1);

    private final Path file;
    private final Place place;

    Lengths(Path file, Place place) {
        this.file = file;
        this.place = place;
    }

    /** Throws damage if something is missing. Outside of transactions. */
    void check(WriteSession session) throws SQLException {
        if (place.isFileShorter()) {
            checkFile();
        }
        if (place.isLogDoubtful() && (isLogCut(session) || isLogHollow(session))) {
            throw new SQLiteException("its log was cut short", SQLiteErrorCode.SQLITE_IOERR_SHORT_READ);
        }
    }

    /** Has SQLite compare the length that the file says it has with the one that it has. */
    private void checkFile() throws SQLException {
        Deadline deadline = Deadline.after(FOR_CHECKPOINT);
        Backoff backoff = new Backoff();
        while (true) {
            try (Connection connection = Connections.openStrictlyUntouched(file)) {
                Connections.pragma(connection, "user_version");
                return;
            } catch (SQLException e) {
                // Another process may be about to make it as long as it says.
                if (deadline.isExpired()) {
                    throw e;
                }
                backoff.pause(deadline.remainingNanos());
            }
        }
    }

    /** Returns whether the log ends before its index says it does. Outside of transactions. */
    boolean isLogCut(WriteSession session) throws SQLException {
        return place.isLogShorterThan(session.wal().frames());
    }

    private boolean isLogHollow(WriteSession session) throws SQLException {
        return place.isLogHollow(session.wal().frames());
    }
}
