package dev.larder.cache.sqlite;

import dev.larder.cache.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** What a builder gathered and checked. */
record Settings(
        Path file,
        InstantSource clock,
        long maxBytes,
        long maxEntries,
        SqliteCacheStore.Durability durability,
        int readers,
        Duration operationTimeout,
        Duration busyTimeout,
        long queueBytes) {

    Settings withFile(Path other) {
        return new Settings(
                other, clock, maxBytes, maxEntries, durability, readers, operationTimeout, busyTimeout, queueBytes);
    }

    /** Returns {@code deadline}, or the end of the operation timeout if that comes first. */
    Deadline limit(Deadline deadline) {
        return deadline.earlier(Deadline.after(operationTimeout));
    }
}
