package dev.larder.cache.sqlite;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.cache.sqlite.WriteOps.FlushOp;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Gives the writer a few seconds when the virtual machine shuts down while the store is open. */
final class ExitDrain {
    private static final Logger LOGGER = System.getLogger(ExitDrain.class.getName());
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final Thread hook;

    private ExitDrain(Thread hook) {
        this.hook = hook;
    }

    static ExitDrain register(SqliteWriter writer) {
        ExitDrain drain = new ExitDrain(new Thread(() -> drain(writer), "larder-sqlite-exit"));
        try {
            Runtime.getRuntime().addShutdownHook(drain.hook);
        } catch (IllegalStateException e) {
            LOGGER.log(Level.DEBUG, "a sqlite store was opened during shutdown: whoever did so closes it", e);
        }
        return drain;
    }

    private static void drain(SqliteWriter writer) {
        Deadline deadline = Deadline.after(LONGEST);
        try {
            writer.execute(new FlushOp(deadline), deadline);
        } catch (CacheStoreException | IllegalStateException e) {
            LOGGER.log(Level.DEBUG, "a sqlite store was not closed before shutdown, and could not be drained", e);
        }
    }

    void cancel() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOGGER.log(Level.TRACE, "shutdown is under way, and so is the hook", e);
        }
    }
}
