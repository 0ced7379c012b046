package dev.larder.perf.before;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.perf.suite.DirectoryFixture;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;

/** A real file in a directory of its own, damaged by plain JDBC. */
final class BeforeFixture extends DirectoryFixture {
    private final Path file = directory().resolve("contract.db");

    @Override
    public CacheStore open(InstantSource clock) {
        return BeforeCacheStore.open(file, clock);
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
}
