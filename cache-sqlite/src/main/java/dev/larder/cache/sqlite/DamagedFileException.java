package dev.larder.cache.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A read met a part of the file that cannot be read, or found that the file is not there any more. Whoever catches it
 * takes what was asked for as absent, and has the writer look.
 */
final class DamagedFileException extends Exception {
    private static final long serialVersionUID = 1;

    DamagedFileException(String message, @Nullable SQLException cause) {
        // Without a trace of its own: readers may meet it often until the writer has dealt with it.
        super(message, cause, false, false);
    }
}
