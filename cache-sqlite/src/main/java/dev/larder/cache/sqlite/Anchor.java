package dev.larder.cache.sqlite;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a damaged file open that waits for its repair, while there is no session on it: so it keeps its identity, and
 * is known for ours when that matters. For the writer's thread.
 */
final class Anchor {
    private static final Logger LOGGER = System.getLogger(Anchor.class.getName());

    private final Path file;
    private @Nullable Connection connection;

    Anchor(Path file) {
        this.file = file;
    }

    boolean isDropped() {
        return connection != null;
    }

    /** Opens the file, if it can be opened at all. */
    void drop() {
        if (connection != null) {
            return;
        }
        try {
            connection = Connections.openUntouched(file);
        } catch (SQLException e) {
            LOGGER.log(Level.DEBUG, "sqlite store " + file + " cannot be opened even so", e);
        }
    }

    /** Closes the file. */
    void weigh() throws SQLException {
        Connection weighing = connection;
        connection = null;
        if (weighing != null) {
            weighing.close();
        }
    }
}
