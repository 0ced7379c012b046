package dev.larder.cache.sqlite;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one store at a time create, migrate or replace a database file, among all threads and processes: the file
 * {@code <file>.lock}, which is left in place, because whoever deletes it might delete it from under another's lock.
 */
final class FileGuard implements AutoCloseable {
    // File locks belong to the process; its threads need one of their own. One for each path ever guarded.
    private static final ConcurrentHashMap<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ReentrantLock threads;
    private final FileChannel channel;

    private FileGuard(ReentrantLock threads, FileChannel channel) {
        this.threads = threads;
        this.channel = channel;
    }

    /** Waits until the guard is free. */
    static FileGuard acquire(Path file, Deadline deadline) {
        Path path = file.resolveSibling(file.getFileName() + ".lock");
        ReentrantLock threads = LOCKS.computeIfAbsent(path, key -> new ReentrantLock());
        try {
            if (!threads.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw timeout(path);
            }
        } catch (InterruptedException e) {
            throw interrupted(path, e);
        }
        FileChannel channel = null;
        boolean acquired = false;
        try {
            channel = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    StoreFile.ownerOnly(StoreFile.directory(file)));
            lock(channel, path, deadline);
            acquired = true;
            return new FileGuard(threads, channel);
        } catch (IOException e) {
            throw StoreFile.unavailable(path, "it cannot be opened or locked", e);
        } finally {
            if (!acquired) {
                close(threads, channel);
            }
        }
    }

    private static void lock(FileChannel channel, Path path, Deadline deadline) throws IOException {
        while (!tryLock(channel)) {
            if (deadline.isExpired()) {
                throw timeout(path);
            }
            try {
                // There is no lock call with a time limit.
                TimeUnit.NANOSECONDS.sleep(Math.min(PAUSE_NANOS, deadline.remainingNanos()));
            } catch (InterruptedException e) {
                throw interrupted(path, e);
            }
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // By the same class from another class loader of this process.
            return false;
        }
    }

    private static CacheStoreException timeout(Path path) {
        return new CacheStoreException(
                Kind.TIMEOUT, "opening ran past its deadline: another process has held " + path + " for too long");
    }

    private static CacheStoreException interrupted(Path path, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CacheStoreException(Kind.BUSY, "opening was interrupted, waiting for " + path, e);
    }

    @Override
    public void close() {
        close(threads, channel);
    }

    private static void close(ReentrantLock threads, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The lock goes with the descriptor, which is closed whatever close reports.
            System.getLogger(FileGuard.class.getName()).log(System.Logger.Level.DEBUG, "closing a lock file", e);
        } finally {
            threads.unlock();
        }
    }
}
