package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entry;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store in virtual machines that are killed, that shut down without closing it, and that share its file. */
@Timeout(180)
class SqliteProcessesTest {
    @TempDir
    Path directory;

    @Test
    void everyAcknowledgedPutSurvivesTheKill() throws Exception {
        Path file = directory.resolve("http.db");
        List<String> acknowledged = new ArrayList<>();
        try (ChildProcess child = new ChildProcess(directory, "sqlite:" + file, "k", "1000000")) {
            child.begin();
            for (String line = child.line(); line != null; line = child.line()) {
                acknowledged.add(line);
                if (acknowledged.size() == 500) {
                    child.kill();
                }
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(500);
        assertAllThere(file, acknowledged);
    }

    @Test
    void whatWasAcceptedBehindSurvivesAnExitWithoutClose() throws Exception {
        Path file = directory.resolve("http.db");
        List<String> accepted = new ArrayList<>();
        try (ChildProcess child = new ChildProcess(directory, "sqlite:" + file + "?durability=behind", "b", "500")) {
            child.begin();
            for (String line = child.line(); line != null; line = child.line()) {
                accepted.add(line);
            }
            assertThat(child.complaints()).isEmpty();
        }
        assertThat(accepted).hasSize(2000);
        assertAllThere(file, accepted);
    }

    @Test
    void processesThatCreateTheSameFileAtOnceShareIt() throws Exception {
        Path file = directory.resolve("http.db");
        List<String> acknowledged = new ArrayList<>();
        try (ChildProcess one = new ChildProcess(directory, "sqlite:" + file, "one", "100");
                ChildProcess two = new ChildProcess(directory, "sqlite:" + file, "two", "100")) {
            one.begin();
            two.begin();
            for (ChildProcess child : List.of(one, two)) {
                for (String line = child.line(); line != null; line = child.line()) {
                    acknowledged.add(line);
                }
                // Nothing to complain about, and nothing to say either: no logo, no migration report.
                assertThat(child.complaints()).isEmpty();
            }
        }
        assertThat(acknowledged).hasSize(800).allMatch(line -> line.matches("(one|two)[0-3]-[0-9]+"));
        assertAllThere(file, acknowledged);
    }

    private static void assertAllThere(Path file, List<String> names) throws Exception {
        try (SqliteCacheStore store = SqliteCacheStore.newBuilder(file).open()) {
            for (String name : names) {
                String number = name.substring(name.indexOf('-') + 1);
                assertThat(store.get(key(name), soon()))
                        .as(name)
                        .isEqualTo(entry(name, "tag " + Integer.parseInt(number) % 10));
            }
            assertThat(store.stats().corrupt()).isZero();
        }
        try (Connection connection = Examples.connect(file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("ok");
        }
    }
}
