package dev.larder.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlTest {
    @TempDir
    Path directory;

    @Test
    void everyStatementSearchesAndNoneScans() throws SQLException {
        Path file = directory.resolve("plans.db");
        SqliteCacheStore.newBuilder(file).open().close();

        Map<String, String> statements = new HashMap<>(Sql.rendered());
        try (Connection connection = Examples.connect(file)) {
            statements.putAll(triggered(connection));
            assertThat(planWithoutTriggers(connection, statements.remove("CLEAR_ENTRIES")))
                    .as("what empties the table without looking at its rows has no steps")
                    .isEmpty();
            for (Map.Entry<String, String> statement : statements.entrySet()) {
                assertThat(plan(connection, statement.getValue()))
                        .as(statement.getKey() + ": " + statement.getValue())
                        .noneMatch(step -> step.contains("SCAN"))
                        .noneMatch(step -> step.contains("TEMP B-TREE"));
            }
        }
        assertThat(statements).hasSizeGreaterThan(15);
    }

    @Test
    void everyStatementOnTablesHasAPlanThatIsLookedAt() throws IllegalAccessException {
        Set<String> others = new HashSet<>();
        for (Field field : Sql.class.getDeclaredFields()) {
            if (field.getType() == String.class) {
                String sql = (String) field.get(null);
                if (!Sql.rendered().containsValue(sql) && !sql.matches("(BEGIN|COMMIT|ROLLBACK|PRAGMA)\\b.*")) {
                    others.add(field.getName());
                }
            }
        }
        // They read the schema, which is small, and only where everything is erased or a file is repaired.
        assertThat(others).containsExactlyInAnyOrder("TRIGGERS", "ROOT_OF_ENTRIES");
    }

    /** What the triggers do, whose plans are not part of the plan that sets them off. */
    private static Map<String, String> triggered(Connection connection) throws SQLException {
        Map<String, String> bodies = new HashMap<>();
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String sql = row.getString(2);
                String body = sql.substring(sql.indexOf("BEGIN") + "BEGIN".length(), sql.lastIndexOf("END"));
                bodies.put(row.getString(1), body.replaceAll("(old|new)\\.\\w+", "?"));
            }
        }
        assertThat(bodies).hasSize(5);
        return bodies;
    }

    /** As clearing executes it, after it has taken the triggers off. */
    private static List<String> planWithoutTriggers(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(false);
        for (String name : triggered(connection).keySet()) {
            Connections.execute(connection, "DROP TRIGGER " + name);
        }
        List<String> steps = plan(connection, sql);
        connection.rollback();
        connection.setAutoCommit(true);
        return steps;
    }

    private static List<String> plan(Connection connection, String sql) throws SQLException {
        List<String> steps = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                steps.add(row.getString("detail"));
            }
        }
        return steps;
    }
}
