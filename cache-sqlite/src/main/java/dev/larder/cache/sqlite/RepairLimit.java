package dev.larder.cache.sqlite;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Keeps a store on a failing disk from copying its file over and over. For one thread. */
final class RepairLimit {
    private final Duration interval;
    private boolean taken;
    private long takenAtNanos;

    RepairLimit(Duration interval) {
        this.interval = interval;
    }

    /**
     * Takes the right to one repair.
     *
     * @throws CacheStoreException CORRUPT if the last one was too short a time ago
     */
    void take(Path file, @Nullable Throwable damage) {
        long now = System.nanoTime();
        if (taken && now - takenAtNanos < interval.toNanos()) {
            throw new CacheStoreException(
                    Kind.CORRUPT,
                    "sqlite store " + file + " is damaged again, less than " + interval.toSeconds()
                            + " seconds after it was repaired: it will be repaired once more by then; check the disk,"
                            + " or use another file",
                    damage);
        }
        taken = true;
        takenAtNanos = now;
    }
}
