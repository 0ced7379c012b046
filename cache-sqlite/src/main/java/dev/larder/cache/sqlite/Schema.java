package dev.larder.cache.sqlite;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import dev.larder.cache.sqlite.internal.FlywayLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Brings the file to the schema that this version knows, and hands out the connection that writes. For one attempt.
 *
 * <p>A file says three things about itself: {@code application_id}, that it is ours, from the moment it is there;
 * {@code user_version}, by which schema, only when its migration is complete; and Flyway's own history. If the first
 * two are as they should be, the file is opened without a lock and without Flyway. Everything else is decided again
 * under the {@link FileGuard}, because another process may be just about to create or migrate the file.
 *
 * <pre>
 * missing, empty                        created, migrated
 * no database, or another program's     refused, untouched
 * ours, but SQLite finds it damaged     set aside, a new one created of what can still be read
 * a newer schema                        refused, untouched
 * an older schema                       migrated
 * </pre>
 */
final class Schema {
    /** The number of the last migration. */
    static final int VERSION = 1;

    /** Pages of a file without entries, at the most; they do not count for its bound. */
    static final int EMPTY_PAGES = 16;

    private static final Logger LOGGER = System.getLogger(Schema.class.getName());
    private static final String MIGRATIONS = "classpath:dev/larder/cache/sqlite/migration";

    /** Long enough for a migration in another process, on a busy machine. */
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(30);

    private final Settings settings;
    private final Path file;
    private final RepairLimit repairs;
    private final boolean known;
    private final Deadline deadline = Deadline.after(OPEN_TIMEOUT);
    private @Nullable FileState state;

    /**
     * Prepares to open a file that {@link StoreFile#prepare} returned.
     *
     * @param known whether the file is known to be ours, whatever has become of what it says about itself
     */
    Schema(Settings settings, RepairLimit repairs, boolean known) {
        this.settings = settings;
        file = settings.file();
        this.repairs = repairs;
        this.known = known;
    }

    /** A connection, and which file the path led to just before that was opened. */
    record Opened(Connection connection, @Nullable FileState file) {}

    /**
     * Opens a connection for writing, on a file that has the schema of this version from now on.
     *
     * @throws CacheStoreException if there is no such file and none can be made of what is there
     */
    Opened open() {
        try {
            Connection connection =
                    StoreFile.isEmpty(file) || StoreFile.isRepairUnfinished(file) ? null : openIfCurrent();
            return new Opened(connection != null ? connection : openGuarded(), state);
        } catch (SQLException e) {
            throw SqliteErrors.translate(file, "opening", e);
        }
    }

    /**
     * Does likewise after a repair, because somebody met damage deep in the file, unless the path leads to another one
     * than {@code expected} by now.
     */
    Opened openRepaired(@Nullable FileState expected, SQLException damage) {
        try (FileGuard guard = FileGuard.acquire(file, deadline)) {
            if (!FileState.differ(expected, FileState.of(file))) {
                repair(damage);
            }
            return new Opened(openOrMigrate(), state);
        } catch (SQLException e) {
            throw SqliteErrors.translate(file, "the repair", e);
        }
    }

    /** Returns null unless the file is ours, sound and current. */
    private @Nullable Connection openIfCurrent() throws SQLException {
        try {
            if (applicationId() != StoreFile.APPLICATION_ID) {
                return null;
            }
            Connection connection = connect();
            if (version(connection) == VERSION) {
                return connection;
            }
            connection.close();
            return null;
        } catch (SQLException e) {
            if (SqliteErrors.isDamage(e)) {
                return null;
            }
            throw e;
        }
    }

    private Connection openGuarded() throws SQLException {
        try (FileGuard guard = FileGuard.acquire(file, deadline)) {
            StoreFile.finishRepair(file);
            try {
                return openOrMigrate();
            } catch (SQLException e) {
                if (!SqliteErrors.isDamage(e)) {
                    throw e;
                }
                if (!known && !StoreFile.hasOurHeader(file)) {
                    throw notOurs("it is not a SQLite database", e);
                }
                repair(e);
                return openOrMigrate();
            }
        }
    }

    /**
     * Puts a new file with what can still be read in the place of a damaged one, which is kept under another name.
     * Until the new one is complete nothing changes; from then on who comes after a sudden end goes on from there.
     */
    private void repair(SQLException damage) throws SQLException {
        repairs.take(file, damage);
        Path fresh = createFresh();
        migrate(fresh);
        byte[] firstPage = StoreFile.firstPage(fresh);
        Salvage.Result result = new Salvage.Result(0, -1, true);
        Path aside;
        try (Salvage salvage = Salvage.begin(settings)) {
            try (Connection to = Connections.openFresh(fresh, settings.busyTimeout())) {
                if (salvage != null) {
                    result = salvage.copyTo(to);
                }
                if (!result.isAll()) {
                    result = Salvage.copyRest(settings, result, firstPage, to);
                }
                Connections.execute(to, "PRAGMA user_version = " + VERSION);
            }
            StoreFile.declareRepaired(fresh, file);
            aside = StoreFile.setAside(file);
            StoreFile.finishRepair(file);
        }
        LOGGER.log(
                Level.WARNING,
                "sqlite store " + file + " was damaged and is repaired: " + result + "; the damaged file is " + aside,
                damage);
    }

    private Connection openOrMigrate() throws SQLException {
        if (StoreFile.isEmpty(file)) {
            StoreFile.moveFresh(createFresh(), file);
        } else if (applicationId() != StoreFile.APPLICATION_ID) {
            if (known) {
                throw new SQLiteException("its header is not ours any more", SQLiteErrorCode.SQLITE_NOTADB);
            }
            throw notOurs("it is the database of another program", null);
        }
        Connection connection = connect();
        try {
            long version = version(connection);
            if (version > VERSION) {
                throw new CacheStoreException(
                        Kind.UNAVAILABLE,
                        "sqlite store " + file + " was written by schema " + version + ", this version knows " + VERSION
                                + ": upgrade larder or choose another file");
            }
            if (version < VERSION) {
                migrate(file);
                Connections.execute(connection, "PRAGMA user_version = " + VERSION);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Makes a database that says it is ours, beside the place where it belongs: SQLite writes the first page before
     * that is said, and who found such a file after a sudden end could not tell it from another program's.
     */
    private Path createFresh() throws SQLException {
        Path fresh = StoreFile.createFresh(file);
        try (Connection connection = Connections.openEmpty(fresh, settings.busyTimeout())) {
            // In this order: what pages are like can only be chosen before the first one is written.
            Connections.execute(connection, "PRAGMA page_size = " + Connections.PAGE_SIZE);
            Connections.execute(connection, "PRAGMA auto_vacuum = INCREMENTAL");
            Connections.execute(connection, "PRAGMA application_id = " + StoreFile.APPLICATION_ID);
        }
        return fresh;
    }

    private void migrate(Path path) {
        SQLiteDataSource source = new SQLiteDataSource(Connections.writerConfig(OPEN_TIMEOUT));
        source.setUrl(Connections.url(path, ""));
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .loggers(FlywayLog.class.getName())
                    .locations(MIGRATIONS)
                    .dataSource(source)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new CacheStoreException(
                    Kind.UNAVAILABLE,
                    "sqlite store " + file + " cannot be brought to schema " + VERSION + ": " + e.getMessage(),
                    e);
        }
    }

    private long applicationId() throws SQLException {
        try (Connection connection = Connections.openUntouched(file)) {
            return Connections.pragma(connection, "application_id");
        }
    }

    /** Opens the file for writing, while others may be switching it to its WAL or recovering that. */
    private Connection connect() throws SQLException {
        Backoff backoff = new Backoff();
        while (true) {
            state = FileState.of(file);
            try {
                return Connections.openWriter(settings);
            } catch (SQLException e) {
                if (!SqliteErrors.isBusy(e) || deadline.isExpired()) {
                    throw e;
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new CacheStoreException(
                            Kind.BUSY, "opening was interrupted, waiting for a lock of " + file, e);
                }
                backoff.pause(deadline.remainingNanos());
            }
        }
    }

    /** Returns the schema of the file, and finds out on the way whether the root of each table and index can be read. */
    private long version(Connection connection) throws SQLException {
        try {
            long version = Connections.pragma(connection, "user_version");
            if (version == VERSION) {
                touchAll(connection);
            }
            return version;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void touchAll(Connection connection) throws SQLException {
        for (String sql : Sql.EVERY_ROOT) {
            touch(connection, sql);
        }
    }

    private static void touch(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameters = statement.getParameterMetaData().getParameterCount();
            for (int i = 1; i <= parameters; i++) {
                statement.setLong(i, 1);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
            }
        }
    }

    private CacheStoreException notOurs(String found, @Nullable SQLException cause) {
        return new CacheStoreException(
                Kind.CORRUPT,
                "sqlite store " + file + " was refused: " + found + "; it was left as it is: choose another file",
                cause);
    }
}
