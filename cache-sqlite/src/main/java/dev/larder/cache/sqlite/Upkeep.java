package dev.larder.cache.sqlite;

import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/** Gives free pages back to the disk. Done by the writer, about once a second, when nobody wants anything of it. */
final class Upkeep {
    /** Pages given back in one step, whose transaction others wait for. */
    private static final int VACUUM_STEP = 256;

    private static final int VACUUM_STEPS = 16;

    private Upkeep() {}

    /** Does a round, and stops early unless the writer stays idle. */
    static void run(WriteSession session, BooleanSupplier idle) throws SQLException {
        // A full cache takes its free pages again at once; only what stays free is worth a change of the file.
        for (int i = 0; i < VACUUM_STEPS && idle.getAsBoolean() && isSpacious(session); i++) {
            session.runToEnd("PRAGMA incremental_vacuum(" + VACUUM_STEP + ")");
        }
    }

    private static boolean isSpacious(WriteSession session) throws SQLException {
        long free = session.freePages();
        return free > 4 * VACUUM_STEP && free > session.pages() / 16;
    }
}
