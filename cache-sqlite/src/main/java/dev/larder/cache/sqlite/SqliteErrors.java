package dev.larder.cache.sqlite;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns what SQLite reports into what the SPI knows. */
final class SqliteErrors {
    private SqliteErrors() {}

    static CacheStoreException translate(Path file, String operation, SQLException e) {
        Kind kind = kind(e);
        return new CacheStoreException(
                kind, "sqlite store " + file + ": " + operation + " failed: " + reason(e) + ": " + advice(kind), e);
    }

    /** Returns whether somebody else holds a lock that passes. */
    static boolean isBusy(SQLException e) {
        return kind(e) == Kind.BUSY;
    }

    /** Returns whether the transaction looks at a state that others have moved on from: waiting would not help it. */
    static boolean isStaleSnapshot(SQLException e) {
        return e instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT;
    }

    /** Returns whether the file itself is damaged, or no database at all. */
    static boolean isCorrupt(SQLException e) {
        return kind(e) == Kind.CORRUPT;
    }

    static Kind kind(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return Kind.UNAVAILABLE;
        }
        // The low byte is the primary code; the rest says more about it.
        int primary = sqlite.getResultCode().code & 0xff;
        if (primary == SQLiteErrorCode.SQLITE_BUSY.code || primary == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return Kind.BUSY;
        }
        if (primary == SQLiteErrorCode.SQLITE_FULL.code || primary == SQLiteErrorCode.SQLITE_TOOBIG.code) {
            return Kind.FULL;
        }
        if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return Kind.CORRUPT;
        }
        return Kind.UNAVAILABLE;
    }

    static String reason(SQLException e) {
        return e instanceof SQLiteException sqlite
                ? sqlite.getResultCode().message + " (" + sqlite.getResultCode().name() + ")"
                : String.valueOf(e.getMessage());
    }

    private static String advice(Kind kind) {
        return switch (kind) {
            case TIMEOUT, BUSY -> "another connection holds the file; try again, or allow more time";
            case FULL -> "make room on the disk, or lower maxBytes";
            case CORRUPT ->
                "the file is damaged; close the store, delete the file and open it again: a store only sets aside by"
                        + " itself what it finds damaged when it opens";
            case UNAVAILABLE -> "check that the file, its directory and its disk can be read and written";
        };
    }
}
