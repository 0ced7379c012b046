package dev.larder.cache.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/** Opens connections, each for its one purpose. */
final class Connections {
    static final int PAGE_SIZE = 4096;

    private static final int WRITER_CACHE_KIB = 16 << 10;
    private static final int READER_CACHE_KIB = 8 << 10;

    private Connections() {}

    /** Opens the connection of a writer on a file that exists. */
    static Connection openWriter(Settings settings) throws SQLException {
        SQLiteConfig config = writerConfig(settings.busyTimeout());
        config.setJournalSizeLimit((int) settings.walBytes());
        return JDBC.createConnection(url(settings.file(), ""), config.toProperties());
    }

    /** Opens a connection that only copies the WAL, of a file that has one: it makes none where there is none. */
    static Connection openCheckpointer(Settings settings) throws SQLException {
        SQLiteConfig config = config(settings.busyTimeout());
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setSynchronous(SynchronousMode.NORMAL);
        return JDBC.createConnection(url(settings.file(), ""), config.toProperties());
    }

    static SQLiteConfig writerConfig(Duration busyTimeout) {
        SQLiteConfig config = config(busyTimeout);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.NORMAL);
        // By the Checkpointer, not by commits.
        config.setWalAutocheckpoint(0);
        config.setPragma(Pragma.CACHE_SIZE, "-" + WRITER_CACHE_KIB);
        return config;
    }

    /** Opens a connection that cannot write. */
    static Connection openReader(Path file, Duration busyTimeout) throws SQLException {
        SQLiteConfig config = config(busyTimeout);
        config.setReadOnly(true);
        config.setPragma(Pragma.CACHE_SIZE, "-" + READER_CACHE_KIB);
        return JDBC.createConnection(url(file, ""), config.toProperties());
    }

    /** Opens a connection that cannot write either, and reads nothing by itself while it is opened. */
    static Connection openPlain(Path file, Duration busyTimeout) throws SQLException {
        SQLiteConfig config = config(busyTimeout);
        config.setReadOnly(true);
        return JDBC.createConnection(url(file, ""), config.toProperties());
    }

    /**
     * Opens a connection that takes no lock and leaves no trace beside the file, but may see an old state of it. The
     * file is not read by other means where a store may have it open: closing a channel of one's own would drop the
     * locks that SQLite holds for this process.
     */
    static Connection openUntouched(Path file) throws SQLException {
        return lenient(openStrictlyUntouched(file));
    }

    /**
     * Opens one that finds a file damaged which is shorter than it says: somebody cut it short, or is just copying the
     * WAL into it.
     */
    static Connection openStrictlyUntouched(Path file) throws SQLException {
        SQLiteConfig config = config(Duration.ZERO);
        config.setReadOnly(true);
        return JDBC.createConnection(url(file, "?immutable=1"), config.toProperties());
    }

    /** Returns the connection, which from then on reads what SQLite would otherwise refuse to look at. */
    private static Connection lenient(Connection connection) throws SQLException {
        try {
            // Made for something else, it also waives the check whether the file is as long as it says: while the log
            // is
            // copied into it, or after a kill during that, the first page announces pages that are not there yet.
            execute(connection, "PRAGMA writable_schema = ON");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Opens a connection to a file that nobody else has open yet, and that is not in WAL mode any more. */
    static Connection openFresh(Path fresh, Duration busyTimeout) throws SQLException {
        SQLiteConfig config = config(busyTimeout);
        config.setJournalMode(JournalMode.DELETE);
        return JDBC.createConnection(url(fresh, ""), config.toProperties());
    }

    /**
     * Opens a connection to a file that is damaged, as far as it can be read at all. It can write only so that it can
     * take the lock.
     */
    static Connection openDamaged(Path file, Duration busyTimeout) throws SQLException {
        SQLiteConfig config = config(busyTimeout);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return lenient(JDBC.createConnection(url(file, ""), config.toProperties()));
    }

    /** Opens a connection to an empty file, in the mode that databases are born in. */
    static Connection openEmpty(Path file, Duration busyTimeout) throws SQLException {
        return JDBC.createConnection(url(file, ""), config(busyTimeout).toProperties());
    }

    /** As a URI, because the driver would take a question mark in a path for the start of its options. */
    static String url(Path file, String query) {
        return JDBC.PREFIX + "file:" + file.toUri().getRawPath() + query;
    }

    static long pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static SQLiteConfig config(Duration busyTimeout) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
        config.setGetGeneratedKeys(false);
        config.setPragma(Pragma.MMAP_SIZE, "0");
        return config;
    }
}
