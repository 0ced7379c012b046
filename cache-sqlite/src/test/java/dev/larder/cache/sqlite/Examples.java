package dev.larder.cache.sqlite;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.Deadline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/** Keys, entries and looks into the file that several tests share. */
final class Examples {
    private static final Instant STORED_AT = Instant.parse("2026-01-02T03:04:05.678901234Z");

    private Examples() {}

    static CacheKey key(String name) {
        return CacheKey.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    static CacheEntry entry(String text, String... tags) {
        CacheEntry.Builder entry = CacheEntry.newBuilder()
                .metadata(("about " + text).getBytes(StandardCharsets.UTF_8))
                .data(text.getBytes(StandardCharsets.UTF_8))
                .storedAt(STORED_AT);
        for (String tag : tags) {
            entry.tag(tag);
        }
        return entry.build();
    }

    static CacheEntry entryOf(int bytes) {
        return CacheEntry.newBuilder().data(new byte[bytes]).storedAt(STORED_AT).build();
    }

    /** Returns a deadline that a sound store never meets, and a hanging one soon enough. */
    static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    static void execute(Path file, String sql) throws SQLException {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String text(Path file, String sql) throws SQLException {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    static long number(Path file, String sql) throws SQLException {
        try (Connection connection = connect(file)) {
            return number(connection, sql);
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
