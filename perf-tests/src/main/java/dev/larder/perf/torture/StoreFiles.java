package dev.larder.perf.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** The file of a SQLite store, and those beside it, looked at from outside. */
final class StoreFiles {
    /** Rows that belong to nothing, and how far the totals are from what they sum up. */
    private static final String DISAGREEMENTS = """
            SELECT (SELECT count(*) FROM tag WHERE entry_id NOT IN (SELECT id FROM entry))
              + (SELECT abs(count(*) - (SELECT coalesce(sum(tagged), 0) FROM entry)) FROM tag)
              + (SELECT abs(entries - (SELECT count(*) FROM entry)) FROM totals)
              + (SELECT abs(bytes - (SELECT coalesce(sum(size), 0) FROM entry)) FROM totals)""";

    private final Path file;

    StoreFiles(Path file) {
        this.file = file;
    }

    Path path() {
        return file;
    }

    /** Returns whether nothing was ever created, or no more than an empty file. */
    boolean isMissing() throws IOException {
        return !Files.exists(file) || Files.size(file) == 0;
    }

    /**
     * Does nothing if SQLite finds the file whole.
     *
     * @throws TortureException if it does not
     */
    void checkIntegrity() {
        String found = ask("PRAGMA integrity_check");
        if (!found.equals("ok")) {
            throw new TortureException("the integrity check of " + file + " says: " + found);
        }
    }

    /**
     * Does nothing if the tables agree with each other.
     *
     * @throws TortureException if they do not
     */
    void checkTables() {
        String found = ask(DISAGREEMENTS);
        if (!found.equals("0")) {
            throw new TortureException(
                    "in " + file + " entries, tags and totals disagree, by " + found + " rows or bytes");
        }
    }

    /**
     * Does nothing if no store has ever found the file damaged.
     *
     * @throws TortureException if one has set it aside
     */
    void checkNothingWasSetAside() throws IOException {
        String prefix = file.getFileName() + ".corrupt-";
        List<Path> aside = siblings(prefix);
        if (!aside.isEmpty()) {
            throw new TortureException("the store found its file damaged, and set it aside as " + aside.get(0));
        }
    }

    /** Erases the file and what lies beside it. */
    void delete() throws IOException {
        for (Path path : siblings(file.getFileName().toString())) {
            Files.delete(path);
        }
    }

    private List<Path> siblings(String prefix) throws IOException {
        try (Stream<Path> paths = Files.list(file.toAbsolutePath().getParent())) {
            return paths.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    private String ask(String sql) {
        // As a URI, because the driver takes a question mark in a path for the start of its options.
        String url = "jdbc:sqlite:file:" + file.toUri().getRawPath();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "nothing";
        } catch (SQLException e) {
            throw new TortureException("cannot ask " + file + " for " + sql + ": " + e.getMessage(), e);
        }
    }
}
