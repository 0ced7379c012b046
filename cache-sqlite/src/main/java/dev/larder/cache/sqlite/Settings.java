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
        long queueBytes,
        SqliteCacheStore.Compression compression) {

    /** The most pages in the WAL at which it is copied into the file: fewer cost puts, more cost gets. */
    private static final long MOST_CHECKPOINT_PAGES = 10_000;

    private static final long LEAST_CHECKPOINT_PAGES = 1_000;
    private static final long MOST_GROUP_BYTES = 16 << 20;
    private static final long LEAST_GROUP_BYTES = 64 << 10;

    /** Returns at how many pages the WAL is copied into the file: fewer beside a small bound. */
    long checkpointPages() {
        return Math.max(LEAST_CHECKPOINT_PAGES, Math.min(MOST_CHECKPOINT_PAGES, maxBytes / 4 / Connections.PAGE_SIZE));
    }

    /** Returns what the WAL is cut down to when it starts anew. */
    long walBytes() {
        return checkpointPages() * Connections.PAGE_SIZE * 3 / 2;
    }

    /** Returns how many bytes one transaction writes, more or less: by so much the file may exceed its bound. */
    long groupBytes() {
        return Math.max(LEAST_GROUP_BYTES, Math.min(MOST_GROUP_BYTES, maxBytes / 16));
    }

    /** Returns {@code deadline}, or the end of the operation timeout if that comes first. */
    Deadline limit(Deadline deadline) {
        return deadline.earlier(Deadline.after(operationTimeout));
    }
}
