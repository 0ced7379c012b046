package dev.larder.cache.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;

/** Another program that takes the write lock of a file, and keeps it until it is told to give it back. */
final class LockingProcess implements AutoCloseable {
    private final ChildProcess child;

    /** Returns when the lock is held. */
    LockingProcess(Path directory, Path file) throws IOException {
        child = new ChildProcess(directory, LockingProcess.class, file.toString());
        child.expect("locked.");
    }

    /** Gives the lock back. */
    void unlock() throws IOException {
        child.begin();
        child.expect("unlocked.");
    }

    /** Ends the program as kill -9 does, with the lock if it still holds it. */
    @Override
    public void close() throws IOException {
        child.close();
    }

    /** Argument: the file. */
    public static void main(String[] args) throws Exception {
        try (Connection connection = Examples.connect(Path.of(args[0]))) {
            Connections.execute(connection, "PRAGMA busy_timeout = 60000");
            Connections.execute(connection, "BEGIN IMMEDIATE");
            System.out.println("locked.");
            if (System.in.read() == '\n') {
                Connections.execute(connection, "COMMIT");
                System.out.println("unlocked.");
            }
        }
    }
}
