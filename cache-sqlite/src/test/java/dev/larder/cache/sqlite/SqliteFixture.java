package dev.larder.cache.sqlite;

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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** A real file in a directory of its own, looked into by plain JDBC. */
final class SqliteFixture extends StoreFixture {
    private final SqliteCacheStore.Durability durability;
    private final SqliteCacheStore.Compression compression;
    private final Path directory;
    private final Path file;

    SqliteFixture(SqliteCacheStore.Durability durability) {
        this(durability, SqliteCacheStore.Compression.NONE);
    }

    SqliteFixture(SqliteCacheStore.Durability durability, SqliteCacheStore.Compression compression) {
        this.durability = durability;
        this.compression = compression;
        try {
            directory = Files.createTempDirectory("larder-sqlite");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        file = directory.resolve("contract.db");
    }

    @Override
    public CacheStore open(InstantSource clock) {
        return builder(clock).open();
    }

    @Override
    public CacheStore openBounded(InstantSource clock, long maxEntries) {
        return builder(clock).maxEntries(maxEntries).open();
    }

    private SqliteCacheStore.Builder builder(InstantSource clock) {
        return SqliteCacheStore.newBuilder(file)
                .clock(clock)
                .durability(durability)
                .compress(compression);
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return Set.of(
                StoreCapability.PERSISTENT,
                StoreCapability.SHARED,
                StoreCapability.ASYNC_PUTS,
                StoreCapability.BOUNDED);
    }

    @Override
    public boolean damage(CacheKey key) {
        try (Connection connection = connect();
                PreparedStatement find =
                        connection.prepareStatement("SELECT id, header, data FROM entry WHERE key = ?");
                PreparedStatement update =
                        connection.prepareStatement("UPDATE entry SET header = ?, data = ? WHERE id = ?")) {
            find.setBytes(1, key.bytes());
            long id;
            byte[] header;
            byte[] data;
            try (ResultSet row = find.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                id = row.getLong(1);
                header = row.getBytes(2);
                data = row.getBytes(3);
            }
            if (data.length > 0) {
                data[data.length / 2] ^= 0x10;
            } else {
                header[header.length - 1] ^= 0x10;
            }
            update.setBytes(1, header);
            update.setBytes(2, data);
            update.setLong(3, id);
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new AssertionError("cannot damage " + file, e);
        }
    }

    @Override
    public long orphans() {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Connection connection = connect();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT (SELECT count(*) FROM tag WHERE entry_id NOT IN (SELECT id FROM entry))
                          + (SELECT abs(count(*) - (SELECT coalesce(sum(tagged), 0) FROM entry)) FROM tag)
                          + (SELECT abs(entries - (SELECT count(*) FROM entry)) FROM totals)
                          + (SELECT abs(bytes - (SELECT coalesce(sum(size), 0) FROM entry)) FROM totals)""")) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException e) {
            throw new AssertionError("cannot look into " + file, e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
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
