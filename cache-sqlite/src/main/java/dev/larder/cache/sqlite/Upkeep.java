package dev.larder.cache.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/**
 * Keeps the files small: the WAL by checkpoints, the file itself by giving free pages back. Done by the writer, about
 * once a second.
 */
final class Upkeep {
    /** Twice what commits let the WAL grow to by themselves: beyond it, readers have kept it from starting anew. */
    private static final long WAL_LIMIT = 2L * Connections.CHECKPOINT_PAGES * Connections.PAGE_SIZE;

    /** Pages given back in one step, whose transaction others wait for. */
    private static final int VACUUM_STEP = 256;

    private static final int VACUUM_STEPS = 16;

    private final Path wal;
    private long checkpointedBytes;

    Upkeep(Path file) {
        wal = file.resolveSibling(file.getFileName() + "-wal");
    }

    /** Does a round, and stops early unless the writer stays idle. */
    void run(WriteSession session, BooleanSupplier idle) throws SQLException {
        long walBytes = walBytes();
        if (walBytes > WAL_LIMIT) {
            session.runToEnd(Sql.CHECKPOINT_TRUNCATE);
        } else if (walBytes != checkpointedBytes && idle.getAsBoolean()) {
            session.runToEnd(Sql.CHECKPOINT);
            checkpointedBytes = walBytes;
        }
        // A full cache takes its free pages again at once; only what stays free is worth a change of the file.
        for (int i = 0; i < VACUUM_STEPS && idle.getAsBoolean() && isSpacious(session); i++) {
            session.runToEnd("PRAGMA incremental_vacuum(" + VACUUM_STEP + ")");
        }
    }

    private static boolean isSpacious(WriteSession session) throws SQLException {
        long free = session.pragma("freelist_count");
        return free > 4 * VACUUM_STEP && free > session.pragma("page_count") / 16;
    }

    private long walBytes() {
        try {
            return Files.size(wal);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            return checkpointedBytes;
        }
    }
}
