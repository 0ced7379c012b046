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
        if (kind == Kind.FULL && !StoreFile.isWritable(file)) {
            // SQLite tells a disk that takes no more apart from one that takes nothing only by a number it keeps.
            kind = Kind.UNAVAILABLE;
        }
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

    /**
     * Returns whether what the file holds is damaged, or no database at all: also where SQLite has no word for it. Our
     * statements fit our schema, so one that names what is not there, or breaks a constraint, says that the schema or
     * an index is not what it was.
     */
    static boolean isDamage(SQLException e) {
        return kind(e) == Kind.CORRUPT;
    }

    /** Returns whether a read failed for what the file holds: also where a length makes no sense. */
    static boolean isUnreadable(SQLException e) {
        return isDamage(e) || (e instanceof SQLiteException sqlite && primary(sqlite) == SQLiteErrorCode.SQLITE_TOOBIG);
    }

    static Kind kind(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return Kind.UNAVAILABLE;
        }
        return switch (primary(sqlite)) {
            case SQLITE_BUSY, SQLITE_LOCKED -> Kind.BUSY;
            case SQLITE_FULL, SQLITE_TOOBIG -> Kind.FULL;
            case SQLITE_CORRUPT, SQLITE_NOTADB -> Kind.CORRUPT;
            case SQLITE_IOERR -> kind(sqlite.getResultCode());
            case SQLITE_CONSTRAINT ->
                sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_TRIGGER ? Kind.UNAVAILABLE : Kind.CORRUPT;
            case SQLITE_ERROR -> String.valueOf(e.getMessage()).contains("(no such ") ? Kind.CORRUPT : Kind.UNAVAILABLE;
            default -> Kind.UNAVAILABLE;
        };
    }

    private static Kind kind(SQLiteErrorCode failedCall) {
        return switch (failedCall) {
            case SQLITE_IOERR_READ, SQLITE_IOERR_SHORT_READ, SQLITE_IOERR_DATA, SQLITE_IOERR_CORRUPTFS -> Kind.CORRUPT;
            // Most often a quota or a limit of file sizes: SQLite has a word of its own only for a full disk.
            case SQLITE_IOERR_WRITE, SQLITE_IOERR_SHMSIZE -> Kind.FULL;
            default -> Kind.UNAVAILABLE;
        };
    }

    /** Returns whether there was no room to write. */
    static boolean isFull(SQLException e) {
        return kind(e) == Kind.FULL
                && e instanceof SQLiteException sqlite
                && primary(sqlite) != SQLiteErrorCode.SQLITE_TOOBIG;
    }

    private static SQLiteErrorCode primary(SQLiteException e) {
        // The low byte is the primary code; the rest says more about it.
        return SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xff);
    }

    static String reason(SQLException e) {
        return e instanceof SQLiteException sqlite
                ? sqlite.getResultCode().message + " (" + sqlite.getResultCode().name() + ")"
                : String.valueOf(e.getMessage());
    }

    private static String advice(Kind kind) {
        return switch (kind) {
            case TIMEOUT, BUSY -> "another connection holds the file; try again, or allow more time";
            case FULL ->
                "make room on the disk, raise the quota or the limit of file sizes if there is one, or lower"
                        + " maxBytes";
            case CORRUPT ->
                "the file is damaged; the store repairs it by itself, once a minute at most: if this goes on, check"
                        + " the disk, or use another file";
            case UNAVAILABLE -> "check that the file, its directory and its disk can be read and written";
        };
    }
}
