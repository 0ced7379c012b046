package dev.larder.perf.before;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.tck.StoreFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** A real file in a directory of its own, damaged by plain JDBC. */
final class BeforeFixture extends StoreFixture {
    // Each commit of this store waits for the disk several times, and the kit makes thousands: where the system keeps
    // files in memory, the same settings cost seconds instead of minutes.
    private static final Path FAST = Path.of("/dev/shm");

    private final Path directory;
    private final Path file;

    BeforeFixture() {
        try {
            directory = Files.isWritable(FAST)
                    ? Files.createTempDirectory(FAST, "larder-before-")
                    : Files.createTempDirectory("larder-before-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        file = directory.resolve("contract.db");
    }

    @Override
    public CacheStore open(InstantSource clock) {
        return BeforeCacheStore.open(file, clock);
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return Set.of(StoreCapability.PERSISTENT);
    }

    @Override
    public boolean damage(CacheKey key) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE entry SET data = CAST('x' || data AS BLOB) WHERE key = ?")) {
            update.setBytes(1, key.bytes());
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new AssertionError("cannot damage " + file, e);
        }
    }

    @Override
    public void destroy() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
